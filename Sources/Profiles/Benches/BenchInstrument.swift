public import Quantities

/// One instrument on a bench.
public struct BenchInstrument: Sendable, Hashable {
  /// What it does there.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    case source, load, meter, thermometer, contactor, chamber, pace
    /// Sources and sinks: the only instrument of a `bidirectional` wiring.
    case bidirectional

    /// Whether it drives current through the cell.
    public var drives: Bool { self == .source || self == .load || self == .bidirectional }
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
  /// Line of its table in the bench file.
  public var line: Int
}
