import Glibc

/// One line on stderr per action, and all of them for the latch. Never waits: a full pipe or a
/// stopped terminal loses the line, not the time to safe.
package struct GuardLog {
  package private(set) var lines: [String] = []
  private let descriptor: Int32
  private static let kept = 400

  /// A log that writes to an open descriptor.
  package init(descriptor: Int32 = 2) { self.descriptor = descriptor }

  package mutating func say(_ line: String) {
    // The first lines say what happened, the last how it ended; a long retry fills the middle.
    if lines.count == Self.kept { lines.remove(at: Self.kept / 2) }
    lines.append(line)
    let bytes = Array("lockstep-guard: \(line)\n".utf8.prefix(4096))
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    if poll(&entry, 1, 0) == 1, entry.revents & Int16(POLLOUT) != 0 {
      _ = write(descriptor, bytes, bytes.count)
    }
  }

  /// Says what was not said before: round after round ends alike.
  package mutating func sayOnce(_ line: String) {
    if !lines.contains(line) { say(line) }
  }
}

/// Two hexadecimal digits per byte, spaced.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
