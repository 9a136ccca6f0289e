private import CRealtime
private import Glibc
internal import Synchronization

/// A proof instrument: kills or stops a process at an exact place in its traffic, so that deaths inside
/// a frame and inside a write can be reproduced. Not for anything else.
///
/// Written `PORT:KIND:COUNT:MOMENT[:PACE]`: at the COUNT-th request of KIND (`read`, `write` or `any`)
/// that arrives at PORT from PACE seconds of pace time on (default 0), the signal is sent at MOMENT:
/// `before` any byte of the reply (the device has already done what was asked), or after `half` of the
/// reply's bytes are on the line. The rest of the reply follows 5 ms later, as from a device that knows
/// nothing of its client's death. It springs once.
public final class SignalTrap: Sendable {
  /// Where in the exchange the signal is sent.
  package enum Moment: String { case before, half }
  private enum Kind: String { case read, write, any }

  private let port: String
  private let kind: Kind
  private let moment: Moment
  private let pace: Double
  private let signal: Int32
  private let targets: Targets
  private let remaining: Mutex<Int>

  /// Whom the signal is for.
  public enum Targets: Sendable {
    /// These processes.
    case processes([Int32])
    /// The processes whose ids stand in this file, separated by white space, when the trap springs.
    case file(String)
  }

  /// Reads `place` as the type's description says.
  public init(_ place: String, signal: Int32, targets: Targets) throws(RigError) {
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    guard (4...5).contains(parts.count), let kind = Kind(rawValue: String(parts[1])),
      let count = Int(parts[2]), count > 0, let moment = Moment(rawValue: String(parts[3])),
      let pace = parts.count == 5 ? Double(parts[4]) : 0
    else {
      throw RigError(
        .place,
        "--signal-at \(place): allowed is PORT:read|write|any:COUNT:before|half[:PACE_SECOND]")
    }
    port = String(parts[0])
    (self.kind, self.moment, self.pace, self.signal) = (kind, moment, pace, signal)
    self.targets = targets
    remaining = Mutex(count)
  }

  /// Counts a request; its moment when this is the one.
  package func spring(port: String, function: UInt8, pace: Double) -> Moment? {
    guard port == self.port, pace >= self.pace else { return nil }
    let isWrite = [5, 6, 15, 16, 23].contains(function)
    guard kind == .any || (kind == .write) == isWrite else { return nil }
    let left = remaining.withLock { left in
      left -= 1
      return left
    }
    return left == 0 ? moment : nil
  }

  /// Sends the signal and gives it 5 ms to act.
  func fire() {
    let processes = targetProcesses()
    for process in processes where kill(process, signal) != 0 {
      RigError.say("signal \(signal) to \(process): \(RigError.reason(errno))")
    }
    let now = lockstep_monotonic_nanoseconds()
    RigError.say("signal \(signal) to \(processes) at \(port)")
    _ = lockstep_sleep_until(now + 5_000_000)
  }

  private func targetProcesses() -> [Int32] {
    switch targets {
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
