public import Quantities

/// How far a bench's instruments may disagree (S5, S16); nil: the default of the safety rules.
public struct BenchPlausibility: Sendable, Hashable {
  /// Largest voltage between a device's terminals and the cell's tabs, by the leads at full current;
  /// also how far the supply's own voltage set-point may lie above the cell's window (S17).
  public var leadDrop: Volts?
  /// Voltage of a blocking diode in the supply's branch.
  public var diodeDrop: Volts?
  /// Errors of two voltmeters together.
  public var voltageTolerance: Volts?
  /// Errors of two ammeters together.
  public var currentTolerance: Amperes?
  /// The same as a fraction of the current.
  public var currentRatio: Double?
  /// Largest difference between the surface thermometers.
  public var temperatureSpread: Kelvins?
  /// Time that the current may take to follow its set-point.
  public var settling: Seconds?
  /// A reading that repeats itself exactly for so long is frozen.
  public var frozenAfter: Seconds?

  init(_ table: TomlTable?) throws(ProfileError) {
    guard let table else { return }
    leadDrop = try table.quantity(ifPresent: "lead_drop", in: Volts(0.01)...Volts(1))
    diodeDrop = try table.quantity(ifPresent: "diode_drop", in: Volts(0)...Volts(1.5))
    voltageTolerance = try table.quantity(
      ifPresent: "voltage_tolerance", in: Volts(0.005)...Volts(0.5))
    currentTolerance = try table.quantity(
      ifPresent: "current_tolerance", in: Amperes(0.001)...Amperes(10))
    currentRatio = try table.quantity(
      ifPresent: "current_ratio", as: StateOfCharge.self, in: StateOfCharge(0)...StateOfCharge(0.2)
    )?.value
    temperatureSpread = try table.quantity(
      ifPresent: "temperature_spread", in: Kelvins(0.5)...Kelvins(20))
    settling = try table.quantity(ifPresent: "settling", in: Seconds(0.1)...Seconds(30))
    frozenAfter = try table.quantity(ifPresent: "frozen_after", in: Seconds(5)...Seconds(3600))
  }
}
