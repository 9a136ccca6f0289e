/// What a cell model shows at one instant: terminals and internals, SI units.
public struct CellOutputs: Sendable, Equatable {
  /// Terminal voltage, V, contact resistance included.
  public var voltage: Double
  /// Cell temperature, K.
  public var temperature: Double
  /// phi_s - phi_e of the negative electrode at the separator, V; below 0 lithium can plate.
  public var negativePotentialAtSeparator: Double
  /// Stoichiometry at the surface of the negative particle.
  public var negativeSurfaceStoichiometry: Double
  /// Stoichiometry at the surface of the positive particle.
  public var positiveSurfaceStoichiometry: Double
  /// Linear in the negative electrode's mean stoichiometry between the cell's limits.
  public var stateOfCharge: Double
  /// Open-circuit voltage at the mean stoichiometries and the present temperature, V.
  public var openCircuitVoltage: Double
  /// Salt concentration at the negative current collector, mol/m3.
  public var electrolyteNegativeEnd: Double
  /// Salt concentration at the positive current collector, mol/m3.
  public var electrolytePositiveEnd: Double
  /// Heat of solid, electrolyte (concentration overpotential included) and contact, W, whole cell.
  public var heatOhmic: Double
  /// Heat of reaction overpotentials, W, whole cell.
  public var heatIrreversible: Double
  /// Entropic heat, W, whole cell; either sign.
  public var heatReversible: Double

  /// All fields, SI units.
  public init(
    voltage: Double, temperature: Double, negativePotentialAtSeparator: Double,
    negativeSurfaceStoichiometry: Double, positiveSurfaceStoichiometry: Double,
    stateOfCharge: Double, openCircuitVoltage: Double, electrolyteNegativeEnd: Double,
    electrolytePositiveEnd: Double, heatOhmic: Double, heatIrreversible: Double,
    heatReversible: Double
  ) {
    self.voltage = voltage
    self.temperature = temperature
    self.negativePotentialAtSeparator = negativePotentialAtSeparator
    self.negativeSurfaceStoichiometry = negativeSurfaceStoichiometry
    self.positiveSurfaceStoichiometry = positiveSurfaceStoichiometry
    self.stateOfCharge = stateOfCharge
    self.openCircuitVoltage = openCircuitVoltage
    self.electrolyteNegativeEnd = electrolyteNegativeEnd
    self.electrolytePositiveEnd = electrolytePositiveEnd
    self.heatOhmic = heatOhmic
    self.heatIrreversible = heatIrreversible
    self.heatReversible = heatReversible
  }
}
