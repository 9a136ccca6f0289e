public import Quantities

/// What the file says is wired for safety; a bench of real ports must say all of it.
public struct BenchProtection: Sendable, Hashable {
  /// Rating of the fuse at the cell; nil: none is declared.
  public var fuse: Amperes?
  /// Contactors in series in the cell's branch, opened by one command.
  public var contactorsInSeries: Int
  /// Whether an E-stop is wired in the contactor's coil circuit.
  public var emergencyStop: Bool
  /// Whether the supply senses at the cell's tabs by leads of its own.
  public var remoteSense: Bool
  /// The instrument whose alarm output is switched on when the bench trips or the guard takes over, the
  /// contactor; nil: there is none.
  public var alarm: String?
  /// Where each key stands in the file; `kind`'s for one that is not there.
  public var lines: [String: Int]

  init(_ table: TomlTable) throws(ProfileError) {
    fuse = try table.quantity(ifPresent: "fuse", in: Amperes(0.1)...Amperes(1000))
    contactorsInSeries = try table.integer(ifPresent: "contactors_in_series", in: 1...4) ?? 1
    emergencyStop = try table.bool(ifPresent: "emergency_stop") ?? false
    remoteSense = try table.bool(ifPresent: "remote_sense") ?? false
    alarm = try table.string(ifPresent: "alarm")
    let missing = table.line(of: "kind")
    lines = [:]
    for key in ["kind", "fuse", "contactors_in_series", "emergency_stop", "remote_sense", "alarm"] {
      lines[key] = table.contains(key) ? table.line(of: key) : missing
    }
  }
}
