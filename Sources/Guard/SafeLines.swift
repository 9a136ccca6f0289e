import CRealtime
import Glibc
import Quantities

/// All ports of a safe plan at once, in one thread that sleeps in poll(2): each gets its first byte as
/// soon as its own line permits it, whatever the others do.
struct SafeLines {
  private(set) var lines: [SafeLine]
  private var entries: [pollfd]
  private var buffer = [UInt8](repeating: 0, count: 512)
  private let start: Int64

  /// How much longer than their own line wants the others wait for the first line's first byte, so
  /// that the contactor is told first.
  private static let lead = Nanoseconds.milliseconds(2)
  /// How often a line whose last bytes have not left the kernel is asked again.
  private static let drain = Nanoseconds.milliseconds(1)

  /// Lines for these devices in their order, one per descriptor.
  init(_ devices: [SafePlan.Device], transaction: UInt16, now: Int64) {
    start = now
    lines = []
    for device in devices where !lines.contains(where: { $0.descriptor == device.descriptor }) {
      let sharing = devices.filter { $0.descriptor == device.descriptor }
      let tasks = sharing.flatMap { device in
        device.exchanges.map { SafeLine.Task(device: device.name, exchange: $0) }
      }
      lines.append(
        SafeLine(
          descriptor: device.descriptor, framing: device.framing, tasks: tasks,
          transaction: transaction, now: now))
    }
    entries = lines.map { pollfd(fd: $0.descriptor, events: 0, revents: 0) }
    for line in lines { LinePort(descriptor: line.descriptor).takeOver() }
  }

  var isOver: Bool { lines.allSatisfy { $0.phase == .over } }
  var isComplete: Bool { lines.allSatisfy { $0.isComplete } }

  /// One turn: what came is taken, what may go is sent, in the devices' order. The ends of attempts.
  mutating func turn() -> [SafeLine.Report] {
    var wake = Int64.max
    for i in lines.indices { wake = min(wake, step(i)) }
    let reports = lines.indices.flatMap { lines[$0].takeReports() }
    if reports.isEmpty, !isOver { wait(until: wake) }
    return reports
  }

  /// Takes and gives what one line can now; when to look at it again at the latest.
  private mutating func step(_ i: Int) -> Int64 {
    let port = LinePort(descriptor: lines[i].descriptor)
    if entries[i].revents != 0, entries[i].events == Int16(POLLIN) { take(i, port) }
    entries[i].revents = 0
    let now = Nanoseconds.now
    let isPending = lines[i].isSettling && lines[i].framing != .tcp && port.outputIsPending
    // They may leave at any time until the next look: the gap counts from there.
    if isPending { lines[i].outputIsPending(at: now + Self.drain) }
    if lines[i].pass(to: now) { port.dropOutput() }
    if lines[i].mayBegin(at: now) {
      let turn = firstGoesFirst(i)
      guard now >= turn else { return turn }
      lines[i].begin(at: now)
    }
    if case .sending(let sent, _) = lines[i].phase { give(i, port, sent) }
    return isPending ? min(lines[i].deadline, now + Self.drain) : lines[i].deadline
  }

  /// Until when this line lets the first one go first.
  private func firstGoesFirst(_ i: Int) -> Int64 {
    i == 0 || lines[i].hasBegun || lines[0].hasBegun ? start : lines[i].deadline + Self.lead
  }

  private mutating func take(_ i: Int, _ port: LinePort) {
    switch port.read(into: &buffer) {
    case .taken(let count): lines[i].came(buffer.prefix(count), at: Nanoseconds.now)
    case .failed(let code): lines[i].failed(code, at: Nanoseconds.now)
    }
  }

  private mutating func give(_ i: Int, _ port: LinePort, _ sent: Int) {
    let now = Nanoseconds.now
    switch port.write(lines[i].request[sent...]) {
    case .taken(let count): lines[i].wrote(count, at: now)
    case .failed(let code): lines[i].failed(code, at: now)
    }
  }

  private mutating func wait(until wake: Int64) {
    for i in lines.indices {
      let events: Int32? =
        switch lines[i].phase {
        case .settling, .awaiting: POLLIN
        case .sending: POLLOUT
        // A hang-up is always reported: a line that wants nothing must not be polled.
        case .pausing, .over: nil
        }
      entries[i].fd = events == nil ? -1 : lines[i].descriptor
      entries[i].events = Int16(events ?? 0)
    }
    _ = lockstep_poll_until(&entries, UInt32(entries.count), wake)
  }
}
