import CRealtime
import Foundation
import Guard
import Quantities
import Testing
import Transports

/// Orders to devices that speak lines of text: nothing answers them.
@Suite struct TextOrderTests {
  private static let order = Array("OUTP 0\n".utf8)
  private static let query = Array("OUTP?\n".utf8)
  private static let off = Array("0\n".utf8)

  private func exchange(_ request: [UInt8], _ reply: [UInt8] = [], timeout: UInt32 = 100)
    -> SafePlan.Exchange
  {
    SafePlan.Exchange(
      purpose: String(decoding: request.dropLast(), as: UTF8.self), request: request, reply: reply,
      replyMask: [UInt8](repeating: 0xFF, count: reply.count),
      replyTimeoutMilliseconds: timeout, gapMilliseconds: 10, attempts: 2)
  }

  private func line(_ exchanges: [SafePlan.Exchange], framing: SafePlan.Framing = .text) -> SafeLine
  {
    SafeLine(
      descriptor: 3, framing: framing,
      tasks: exchanges.map { SafeLine.Task(device: "load", exchange: $0) }, transaction: 7, now: 0)
  }

  @Test(
    "SAF-001 an order in text is over when the port took its last byte; the next goes a gap later")
  func over() {
    var line = line([exchange(Self.order), exchange(Self.query, Self.off), exchange(Self.order)])
    line.begin(at: 10_000_000)
    line.wrote(Self.order.count - 1, at: 11_000_000)
    #expect(line.phase == .sending(sent: Self.order.count - 1, deadline: 110_000_000))
    #expect(line.takeReports().isEmpty)
    line.wrote(1, at: 12_000_000)
    #expect(line.takeReports().map(\.outcome) == [.answered([])])
    #expect(line.phase == .settling(since: 12_000_000, bound: 312_000_000))
    // Its bytes leave the kernel first; what the device says unasked is let out as well.
    line.outputIsPending(at: 15_000_000)
    #expect(!line.mayBegin(at: 24_999_999) && line.mayBegin(at: 25_000_000))
    line.came([7], at: 16_000_000)
    #expect(!line.mayBegin(at: 25_999_999) && line.mayBegin(at: 26_000_000))
    // A query is waited for.
    line.begin(at: 26_000_000)
    line.wrote(Self.query.count, at: 26_000_000)
    #expect(line.phase == .awaiting(deadline: 126_000_000))
    line.came(Self.off[...], at: 27_000_000)
    #expect(line.takeReports().map(\.outcome) == [.answered([UInt8(ascii: "0")])])
    line.begin(at: 37_000_000)
    line.wrote(Self.order.count, at: 37_000_000)
    #expect(line.phase == .over && line.isComplete)
  }

  @Test("SAF-001 an order in text that the port does not take is tried again, and is not complete")
  func stuck() {
    var line = line([exchange(Self.order)])
    for attempt in 1...2 as ClosedRange<UInt32> {
      line.begin(at: line.deadline)
      line.wrote(Self.order.count - 1, at: line.deadline - 1)
      let dropped = line.pass(to: line.deadline)
      let reports = line.takeReports()
      #expect(dropped && reports.map(\.attempt) == [attempt])
      #expect(reports.map(\.outcome) == [.gone(ETIMEDOUT)])
      _ = line.pass(to: line.deadline)
    }
    #expect(line.phase == .over && !line.isComplete)
  }

  @Test("SAF-001 only in text nothing answers: elsewhere an order is waited for")
  func others() {
    for framing in [.rtu, .tcp, .kp184HighFirst, .kp184LowFirst] as [SafePlan.Framing] {
      var line = line([exchange(framed([1, 6, 0, 18, 0, 0]))], framing: framing)
      line.begin(at: 10_000_000)
      line.wrote(line.request.count, at: 10_000_000)
      #expect(line.phase == .awaiting(deadline: 110_000_000))
    }
  }

  /// A load on a pty that obeys and says nothing but what it was asked; the orders it got.
  private final class Load: @unchecked Sendable {
    let slave: Int32
    private let master: Int32
    private let condition = NSCondition()
    private var lines: [String] = []
    private var hasEnded = false

    init(reply: String) throws {
      master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var index: Int32 = 0, locked: Int32 = 0
      try require(master >= 0 && ioctl(master, unlockSlave, &locked) == 0)
      try require(ioctl(master, indexOfSlave, &index) == 0)
      slave = try OpenPort.serial(
        path: "/dev/pts/\(index)", format: SerialFormat(baud: 9_600)
      ).release()
      Thread.detachNewThread { [self] in serve(reply) }
    }

    private func serve(_ reply: String) {
      var text = "", buffer = [UInt8](repeating: 0, count: 256)
      while true {
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { break }
        text += String(decoding: buffer.prefix(count), as: UTF8.self)
        while let end = text.firstIndex(of: "\n") {
          let line = String(text[..<end])
          text.removeSubrange(...end)
          condition.withLock { lines.append(line) }
          if line.hasSuffix("?") { _ = write(master, reply, reply.utf8.count) }
        }
      }
      condition.withLock {
        hasEnded = true
        condition.broadcast()
      }
    }

    /// Ends it; the lines that it got.
    func end() -> [String] {
      close(slave)
      condition.withLock { while !hasEnded { condition.wait() } }
      close(master)
      return lines
    }
  }

  private func sequence(_ load: Load, _ exchanges: [SafePlan.Exchange]) -> SafeSequence {
    let device = SafePlan.Device(
      name: "load", descriptor: load.slave, framing: .text, exchanges: exchanges)
    return SafeSequence(
      SafePlan(
        devices: [device],
        verification: .init(
          device: device, offset: 0, format: .decimalText, scale: 1, zero: 0, threshold: 1,
          readings: 1, timeoutMilliseconds: 1), heartbeatSilenceMilliseconds: 500),
      log: GuardLog(descriptor: -1))
  }

  @Test("SAF-001 a load of text is told all its orders, a gap apart, and asked what became of them")
  func living() throws {
    let load = try Load(reply: "+0\r\n")
    let start = lockstep_monotonic_nanoseconds()
    // Two orders that wait for nothing, and a query that may take its time.
    var sequence = sequence(
      load,
      [
        exchange(Self.order, timeout: 300), exchange(Array("CURR 0.000\n".utf8), timeout: 300),
        exchange(Self.query, Self.off, timeout: 60_000),
      ])
    let isComplete = sequence.replay()
    #expect(isComplete)
    #expect(lockstep_monotonic_nanoseconds() - start >= 30_000_000)
    #expect(
      sequence.log.lines
        == ["load: OUTP 0: sent", "load: CURR 0.000: sent", "load: OUTP?: done"])
    #expect(sequence.lastReplies == ["load": Array("+0".utf8)])
    #expect(load.end() == ["OUTP 0", "CURR 0.000", "OUTP?"])
  }

  @Test("SAF-001 that an order in text went is no reply: its device has said nothing")
  func sentIsNoReply() throws {
    let load = try Load(reply: "1\n")
    var sequence = sequence(
      load, [exchange(Self.order), exchange(Self.query, Self.off, timeout: 20)])
    let isComplete = sequence.replay()
    #expect(!isComplete && sequence.lastReplies.isEmpty)
    #expect(sequence.log.lines.first == "load: OUTP 0: sent")
    #expect(load.end() == ["OUTP 0", "OUTP?", "OUTP?"])
  }
}
