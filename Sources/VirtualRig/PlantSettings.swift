/// The simulated cell and what surrounds it, before anything is drawn.
public struct PlantSettings: Sendable {
  /// Mean of the initial state of charge, 0 to 1.
  public var stateOfCharge = 0.6
  /// Its standard deviation.
  public var stateOfChargeDeviation = 0.0
  /// Of chamber and cell at the start, degC.
  public var ambient = 25.0
  /// Of the chamber's air, s.
  public var chamberTimeConstant = 120.0
  /// Between the cell's tabs and the terminals of supply and load, both ways, ohm.
  public var leadResistance = 0.015
  /// By `instrument.reading`.
  public var errors: [String: SensorErrors] = [:]
  /// What a second *flash on* does to a closed relay.
  public var retriggerRestarts = true

  /// A plant without errors.
  public init() {}
}
