private import CRealtime
private import Glibc
internal import Synchronization

/// A proof instrument: kills or stops a process, takes a port away, or both, at an exact place in the
/// traffic, so that what happens inside a frame and inside a write can be reproduced. Not for anything
/// else.
///
/// Written `PORT:KIND:COUNT:MOMENT[:PACE]`: at the COUNT-th request of KIND (`read`, `write` or `any`)
/// that arrives at PORT from PACE seconds of pace time on (default 0), the signal is sent at MOMENT:
/// `before` any byte of the reply (the device has already done what was asked), or after `half` of the
/// reply's bytes are on the line. The rest of the reply follows 5 ms later, as from a device that knows
/// nothing of its client's death, unless its own port is the one that is taken. It springs once, and
/// without a place only when it is told to (`springNow`).
public final class SignalTrap: Sendable {
  /// Where in the exchange the signal is sent.
  package enum Moment: String { case before, half }
  private enum Kind: String { case read, write, any }

  /// The serial port that vanishes for good when it springs; nil: none.
  package let unplugs: String?
  private let place: Place?
  private let signal: Int32
  private let targets: Targets
  /// Requests still to come; 0: it sprang, or waits for the word.
  private let remaining: Mutex<Int>
  private let hasSprung = Atomic(false)

  private struct Place {
    let port: String
    let kind: Kind
    let moment: Moment
    let pace: Double
  }

  /// Whom the signal is for.
  public enum Targets: Sendable {
    /// Nobody: no signal is sent.
    case nobody
    /// These processes.
    case processes([Int32])
    /// The processes whose ids stand in this file, separated by white space, when the trap springs.
    case file(String)
  }

  /// Reads `place` as the type's description says; nil: it springs only at the word.
  public init(
    _ place: String?, signal: Int32, targets: Targets, unplugs: String? = nil
  ) throws(RigError) {
    (self.signal, self.targets, self.unplugs) = (signal, targets, unplugs)
    let read = try place.map { (text) throws(RigError) in try Self.parsed(text) }
    self.place = read?.place
    remaining = Mutex(read?.count ?? 0)
  }

  private static func parsed(_ place: String) throws(RigError) -> (place: Place, count: Int) {
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    guard (4...5).contains(parts.count), let kind = Kind(rawValue: String(parts[1])),
      let count = Int(parts[2]), count > 0, let moment = Moment(rawValue: String(parts[3])),
      let pace = parts.count == 5 ? Double(parts[4]) : 0
    else {
      throw RigError(
        .place,
        "--signal-at \(place): allowed is PORT:read|write|any:COUNT:before|half[:PACE_SECOND]")
    }
    return (Place(port: String(parts[0]), kind: kind, moment: moment, pace: pace), count)
  }

  /// Whether this port has been taken away.
  func hasTaken(_ port: String) -> Bool {
    port == unplugs && hasSprung.load(ordering: .acquiring)
  }

  /// Counts a request; its moment when this is the one.
  package func spring(port: String, function: UInt8, pace: Double) -> Moment? {
    guard let place, port == place.port, pace >= place.pace else { return nil }
    let isWrite = [5, 6, 15, 16, 23].contains(function)
    guard place.kind == .any || (place.kind == .write) == isWrite else { return nil }
    let left = remaining.withLock { left in
      left -= 1
      return left
    }
    return left == 0 ? place.moment : nil
  }

  /// Springs wherever the traffic is, unless it did before.
  package func springNow() {
    if !hasSprung.load(ordering: .acquiring) { fire() }
  }

  /// Takes the port, sends the signal and gives both 5 ms to act.
  func fire() {
    hasSprung.store(true, ordering: .releasing)
    let processes = targetProcesses()
    for process in processes where kill(process, signal) != 0 {
      RigError.say("signal \(signal) to \(process): \(RigError.reason(errno))")
    }
    let now = lockstep_monotonic_nanoseconds()
    let spot = place.map { "at \($0.port)" } ?? "at the word"
    if let unplugs { RigError.say("port \(unplugs) is unplugged \(spot)") }
    if !processes.isEmpty { RigError.say("signal \(signal) to \(processes) \(spot)") }
    _ = lockstep_sleep_until(now + 5_000_000)
  }

  private func targetProcesses() -> [Int32] {
    switch targets {
    case .nobody: return []
    case .processes(let list): return list
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return [] }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = max(read(descriptor, &bytes, bytes.count), 0)
      return String(decoding: bytes[..<count], as: UTF8.self)
        .split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }.filter { $0 > 1 }
    }
  }
}
