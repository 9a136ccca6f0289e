/// What a cell's filter believes at one instant. SI units; sd with everything the filter knows of its
/// own ignorance (open-circuit offsets and discrepancies included).
public struct CellBelief: Sendable, Hashable {
  /// Cell voltage, V, sensor noise excluded.
  public var voltage = Normal.unknown
  /// Mean cell temperature, K.
  public var temperature = Normal.unknown
  /// Negative electrode potential at the separator, phi_s - phi_e, V.
  public var negativePotentialAtSeparator = Normal.unknown
  /// State of charge, 0..1.
  public var stateOfCharge = Normal.unknown
  /// Stoichiometry at the surface of the negative particle.
  public var negativeSurfaceStoichiometry = Normal.unknown
  /// Stoichiometry at the surface of the positive particle.
  public var positiveSurfaceStoichiometry = Normal.unknown
  /// Voltage that the model cannot explain, V.
  public var discrepancy = Normal.unknown
  /// Open-circuit voltage at the mean stoichiometries, V, offsets included.
  public var openCircuitVoltage = Double.nan
  /// Quantiles of the state of charge, where the filter has more than two moments.
  public var stateOfChargeBand: Band?
  /// Probability that the voltmeter is stuck, where the filter asks itself.
  public var stuckVoltageProbability: Double?

  /// Nothing known.
  public init() {}
}
