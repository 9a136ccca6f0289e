/// The electrolyte. Names and meanings are BPX's.
public struct ElectrolyteParameters: Sendable {
  /// Salt concentration at rest, mol/m3; also the reference in the exchange current.
  public var initialConcentration: Double
  /// Share of the current that lithium ions carry.
  public var cationTransferenceNumber: Double
  /// Salt diffusivity, m2/s, of concentration in mol/m3.
  public var diffusivity: ParameterFunction
  /// J/mol.
  public var diffusivityActivationEnergy: Double
  /// Ionic conductivity, S/m, of concentration in mol/m3.
  public var conductivity: ParameterFunction
  /// J/mol.
  public var conductivityActivationEnergy: Double

  /// All fields, SI units.
  public init(
    initialConcentration: Double, cationTransferenceNumber: Double, diffusivity: ParameterFunction,
    diffusivityActivationEnergy: Double, conductivity: ParameterFunction,
    conductivityActivationEnergy: Double
  ) {
    self.initialConcentration = initialConcentration
    self.cationTransferenceNumber = cationTransferenceNumber
    self.diffusivity = diffusivity
    self.diffusivityActivationEnergy = diffusivityActivationEnergy
    self.conductivity = conductivity
    self.conductivityActivationEnergy = conductivityActivationEnergy
  }
}
