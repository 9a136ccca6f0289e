/// One porous electrode with one kind of particle. Names and meanings are BPX's.
public struct ElectrodeParameters: Sendable {
  /// Coating thickness, m.
  public var thickness: Double
  /// Effective electronic conductivity, S/m.
  public var conductivity: Double
  /// Electrolyte volume fraction.
  public var porosity: Double
  /// Porosity over tortuosity, for ionic transport.
  public var transportEfficiency: Double
  /// Particle surface per electrode volume, 1/m, as in the file.
  public var surfaceAreaPerUnitVolume: Double
  /// Active material left, relative to the file; multiplies the surface area, hence capacity.
  public var activeFraction: Double = 1
  /// Particle radius, m.
  public var particleRadius: Double
  /// Saturation concentration of lithium in the particle, mol/m3.
  public var maximumConcentration: Double
  /// Stoichiometry at one end of the state of charge scale.
  public var minimumStoichiometry: Double
  /// Stoichiometry at the other end.
  public var maximumStoichiometry: Double
  /// Diffusivity of lithium in the particle, m2/s, of stoichiometry.
  public var diffusivity: ParameterFunction
  /// J/mol; D exp(Ea/R (1/Tref - 1/T)).
  public var diffusivityActivationEnergy: Double
  /// K in j0 = F K (ce/ce0)^alpha_a x^alpha_c (1 - x)^alpha_a, mol/(m2 s).
  public var reactionRateConstant: Double
  /// J/mol, for the reaction rate constant.
  public var reactionRateConstantActivationEnergy: Double
  /// alpha_a: share of the overpotential that speeds the anodic reaction (delithiation).
  public var anodicTransferCoefficient: Double = 0.5
  /// alpha_c: share of the overpotential that speeds the cathodic reaction (lithiation).
  public var cathodicTransferCoefficient: Double = 0.5
  /// In place of `openCircuitPotential` while lithium goes in; nil: the same curve.
  public var lithiationPotential: ParameterFunction?
  /// In place of `openCircuitPotential` while lithium comes out; nil: the same curve.
  public var delithiationPotential: ParameterFunction?
  /// Open-circuit potential against lithium at the reference temperature, V, of stoichiometry.
  public var openCircuitPotential: ParameterFunction
  /// dU/dT, V/K, of stoichiometry.
  public var entropicChange: ParameterFunction

  /// All fields, SI units.
  public init(
    thickness: Double, conductivity: Double, porosity: Double, transportEfficiency: Double,
    surfaceAreaPerUnitVolume: Double, particleRadius: Double, maximumConcentration: Double,
    minimumStoichiometry: Double, maximumStoichiometry: Double, diffusivity: ParameterFunction,
    diffusivityActivationEnergy: Double, reactionRateConstant: Double,
    reactionRateConstantActivationEnergy: Double, openCircuitPotential: ParameterFunction,
    entropicChange: ParameterFunction
  ) {
    self.thickness = thickness
    self.conductivity = conductivity
    self.porosity = porosity
    self.transportEfficiency = transportEfficiency
    self.surfaceAreaPerUnitVolume = surfaceAreaPerUnitVolume
    self.particleRadius = particleRadius
    self.maximumConcentration = maximumConcentration
    self.minimumStoichiometry = minimumStoichiometry
    self.maximumStoichiometry = maximumStoichiometry
    self.diffusivity = diffusivity
    self.diffusivityActivationEnergy = diffusivityActivationEnergy
    self.reactionRateConstant = reactionRateConstant
    self.reactionRateConstantActivationEnergy = reactionRateConstantActivationEnergy
    self.openCircuitPotential = openCircuitPotential
    self.entropicChange = entropicChange
  }

  /// Lithium sites per electrode area, mol/m2.
  public var sites: Double {
    surfaceAreaPerUnitVolume * activeFraction * particleRadius / 3 * thickness
      * maximumConcentration
  }
}
