import Foundation
import Quantities
import Transports

/// A Modbus RTU server on a pty of its own, raw bytes, written apart from the code under test.
final class TestDevice: @unchecked Sendable {
  enum Manner: Sendable, Equatable {
    case right
    /// Takes requests and never answers nor obeys.
    case deaf
    /// Noise and the tail of an older reply before each reply.
    case garbageFirst
    /// A whole reply to somebody else's request before each reply.
    case staleFirst
    /// Refuses the first request with an exception, then behaves.
    case refusesOnce
    /// Misses the first request, then behaves.
    case missesOnce
    /// Refuses every request with an exception.
    case refuses
    /// Obeys, but the reply's CRC is wrong, always.
    case wrongCRC
    /// Its first readings show what was, as a filter does: so many.
    case lags(Int)
    /// Answers one request, and never again.
    case fallsSilent
    /// Its cable was pulled before anybody asked it.
    case unplugged
    /// Its cable is pulled when it is first asked.
    case unplugsOnce
  }

  let name: String
  let slave: Int32
  let path: String
  private let master: Int32
  private let manner: Manner
  private let timeline: Timeline
  private let welded: Bool
  private let finished = DispatchSemaphore(value: 0)
  private var refused = false
  private var readings = 0
  private var answered = 0

  init(
    _ name: String, manner: Manner, timeline: Timeline, welded: Bool, pending: [UInt8] = []
  ) throws {
    self.name = name
    self.manner = manner
    self.timeline = timeline
    self.welded = welded
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var index: Int32 = 0
    var locked: Int32 = 0
    try require(master >= 0 && ioctl(master, unlockSlave, &locked) == 0)
    try require(ioctl(master, indexOfSlave, &index) == 0)
    path = "/dev/pts/\(index)"
    slave = try OpenPort.serial(path: path, format: SerialFormat(baud: 115_200)).release()
    if !pending.isEmpty { _ = write(master, pending, pending.count) }
    if manner == .unplugged {
      Foundation.close(master)
      finished.signal()
    } else {
      Thread.detachNewThread { [self] in serve() }
    }
  }

  /// Call when nobody else holds the slave: ends the server and frees the pty.
  func close() {
    Foundation.close(slave)
    finished.wait()
    if manner != .unplugged && manner != .unplugsOnce { Foundation.close(master) }
  }

  private func serve() {
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      if manner == .unplugsOnce {
        Foundation.close(master)
        break
      }
      line += buffer.prefix(count)
      while let request = nextRequest(&line) { answer(request) }
    }
    finished.signal()
  }

  /// All requests of these tests have eight bytes; what does not check is skipped.
  private func nextRequest(_ line: inout [UInt8]) -> [UInt8]? {
    while line.count >= 8 {
      let candidate = Array(line.prefix(8))
      if crc(Array(candidate.prefix(6))) == Array(candidate.suffix(2)) {
        line.removeFirst(8)
        return candidate
      }
      line.removeFirst()
    }
    return nil
  }

  private func answer(_ request: [UInt8]) {
    if manner == .deaf || manner == .fallsSilent && answered > 0 { return }
    answered += 1
    if manner == .missesOnce && answered == 1 { return }
    if manner == .refuses || manner == .refusesOnce && !refused {
      refused = true
      return send(framed([request[0], request[1] | 0x80, 4]))
    }
    timeline.take(request, by: name)
    var reply = request
    if request[1] == 4 {
      var current = timeline.current(welded: welded)
      if case .lags(let count) = manner, readings < count { current = 1.5 }
      readings += 1
      let bits = Float(current).bitPattern
      reply = framed(
        [request[0], 4, 4] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) })
    }
    switch manner {
    case .garbageFirst: send([0x00, 0xFF, 0x13] + reply.suffix(4) + reply)
    case .staleFirst: send(framed([request[0], 3, 2, 0x12, 0x34]) + reply)
    case .wrongCRC: send(reply.dropLast() + [reply[reply.count - 1] ^ 1])
    case .right, .refuses, .fallsSilent, .refusesOnce, .lags, .deaf, .unplugged, .unplugsOnce,
      .missesOnce:
      send(reply)
    }
  }

  private func send(_ bytes: [UInt8]) { _ = write(master, bytes, bytes.count) }
}

/// CRC of Modbus RTU by long division, low byte first: an oracle apart from `ModbusCRC`.
func crc(_ bytes: [UInt8]) -> [UInt8] {
  // Polynomial x^16 + x^15 + x^2 + 1 over bits, least significant first, first 16 inverted.
  var bits = bytes.flatMap { byte in (0..<8).map { byte >> $0 & 1 } }
  bits += [UInt8](repeating: 0, count: 16)
  for i in 0..<16 { bits[i] ^= 1 }
  let taps = [0, 1, 14, 16]
  for i in 0..<(bits.count - 16) where bits[i] == 1 {
    for tap in taps { bits[i + tap] ^= 1 }
  }
  return [0, 8].map { half in
    (0..<8).reduce(0) { $0 | bits[bits.count - 16 + half + $1] << $1 }
  }
}

func framed(_ bytes: [UInt8]) -> [UInt8] { bytes + crc(bytes) }

// TIOCGPTN and TIOCSPTLCK of Linux, macros that Swift cannot import: ioctl_tty(2).
let indexOfSlave: UInt = 0x8004_5430
let unlockSlave: UInt = 0x4004_5431

struct NotSetUp: Error {}

func require(_ condition: Bool) throws {
  if !condition { throw NotSetUp() }
}
