/// What a supply or a load says of its own terminals.
public struct TerminalReadings: Sendable, Hashable {
  /// Voltage at the device's terminals.
  public var voltage: Reading<Volts>
  /// Magnitude of the current through the device, in the device's own direction (never negative).
  public var current: Reading<Amperes>
  /// Whether the output (or input) is on.
  public var isOn: Reading<Bool>
  /// The device's own protection has tripped.
  public var protectionTripped: Reading<Bool>

  /// Everything missing.
  public init(at time: Seconds) {
    voltage = .missing(at: time)
    current = .missing(at: time)
    isOn = Reading(false, at: time, quality: .missing)
    protectionTripped = Reading(false, at: time, quality: .missing)
  }
}
