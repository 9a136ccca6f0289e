public import Quantities

/// One instrument on a bench.
public struct BenchInstrument: Sendable, Hashable {
  /// What it does there.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case source, load, meter, thermometer, contactor, chamber, pace
    /// Sources and sinks: the only instrument of a `bidirectional` wiring.
    case bidirectional
  }

  /// Where its port is.
  public enum Port: Sendable, Hashable {
    /// A rig serves it; the path comes with the run.
    case rig
    /// A serial device or pseudo-terminal.
    case device(String)
    /// A socket.
    case tcp(host: String, port: Int)

    /// Reads `rig`, `/dev/...` or `host:port`; nil for anything else.
    public init?(_ text: String) {
      if text == "rig" {
        self = .rig
      } else if text.hasPrefix("/") {
        self = .device(text)
      } else if let colon = text.lastIndex(of: ":"), colon > text.startIndex,
        let port = UInt16(text[text.index(after: colon)...]), port > 0
      {
        self = .tcp(host: String(text[..<colon]), port: Int(port))
      } else {
        return nil
      }
    }
  }

  /// Where a source or load senses the voltage that it regulates and protects by.
  public enum Sense: String, Sendable, Hashable, CaseIterable {
    /// At its own terminals: the leads drop a part of it.
    case local
    /// At the cell's tabs, by leads of its own.
    case remote
  }

  /// Its name on the bench.
  public var name: String
  /// Its profile.
  public var profile: FileReference
  /// Where its port is.
  public var port: Port
  /// What it does.
  public var role: Role
  /// Modbus unit; nil: the profile's.
  public var unit: Int?
  /// Contactor: how long one re-arming holds it closed. Nil for every other role.
  public var hold: Seconds?
  /// Contactor: the relay's channel; nil: the profile's.
  public var channel: Int?
  /// Where it senses the voltage; nil for what neither sources nor sinks.
  public var sense: Sense?
  /// Line of its table in the bench file.
  public var line: Int
}
