import Glibc

/// Why a latch, lock or state folder cannot be used, in one line.
public struct BenchStateError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What, where, value, what is allowed.
  public let description: String
  /// An error with its line.
  public init(_ description: String) { self.description = description }
}

/// Where locks and latches live.
public enum StateFolder {
  /// `$XDG_STATE_HOME/lockstep`, by default `~/.local/state/lockstep`. A relative value is
  /// ignored, as the XDG base directory specification 0.8 asks.
  public static func path() throws(BenchStateError) -> String {
    try path { name in getenv(name).map { String(cString: $0) } }
  }

  /// The same by another environment.
  package static func path(_ variable: (String) -> String?) throws(BenchStateError) -> String {
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/lockstep"
    }
    if let home = variable("HOME"), home.hasPrefix("/") {
      return home + "/.local/state/lockstep"
    }
    throw BenchStateError("state folder: neither XDG_STATE_HOME nor HOME is an absolute path")
  }
}
