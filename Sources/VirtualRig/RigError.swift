private import Glibc

/// Why a rig cannot be built or served: one line.
public struct RigError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure; decides the exit status.
  public enum Kind: Sendable, Hashable {
    /// A file, a value in it, an option, or a place to write to.
    case place
    /// The operating system gave no port, socket or thread.
    case system
  }

  /// What kind of failure.
  public var kind: Kind
  /// The whole line.
  public var description: String

  /// An error with its line.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// The system's words for an errno.
  static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

  /// Writes the line to standard error, without failing.
  func report() { Self.say(description) }

  /// Writes `rig: line` to standard error in one call.
  static func say(_ line: String) {
    let text = Array("rig: \(line)\n".utf8)
    _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
