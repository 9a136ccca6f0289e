import Kernels

/// What a DFN's equations multiply with, from one set of parameter values; SI units.
struct DFNCoefficients: Sendable {
  struct Electrode: Sendable {
    /// m.
    var thickness: Double
    /// Pore volume fraction.
    var porosity: Double
    /// For ionic transport.
    var transportEfficiency: Double
    /// Effective electronic conductivity, S/m.
    var conductivity: Double
    /// Stoichiometry source of the outer shell (radius 1) for 1 A/m3: 1 / (a F c_max R), m3/(A s).
    var surfaceSource: Double
    /// Factor on the diffusivity over radius squared, 1/m2, and its activation energy, J/mol.
    var inverseRadiusSquared: Double
    var diffusivityActivation: Double
    /// a F K, A/m3, and the activation energy of K, J/mol.
    var exchange: Double
    var reactionActivation: Double
    var anodic: Double
    var cathodic: Double
  }

  var negative: Electrode
  var positive: Electrode
  var separatorThickness: Double
  var separatorPorosity: Double
  var separatorEfficiency: Double
  /// All pairs, m2.
  var area: Double
  /// (1 - t+) / (F c0), m3/(A s).
  var saltSource: Double
  /// 2 (1 - t+) R / F, V/K.
  var concentrationFactor: Double
  var diffusivityFactor: Double
  var diffusivityActivation: Double
  var conductivityFactor: Double
  var conductivityActivation: Double
  var contactResistance: Double
  /// h A, W/K.
  var cooling: Double
  /// J/K.
  var heatCapacity: Double

  init(_ cell: CellParameters, functions: ModelFunctions) {
    self.init(functions: functions) { cell[keyPath: $0.path] }
  }

  /// - Parameter value: the parameter's value, factors applied.
  init(functions: ModelFunctions, value: (ParameterName) -> Double) {
    let faraday = PhysicalConstants.faraday
    func electrode(
      _ functions: ModelFunctions.Electrode, thickness: ParameterName, porosity: ParameterName,
      efficiency: ParameterName, conductivity: ParameterName, surface: ParameterName,
      active: ParameterName, radius: ParameterName, concentration: ParameterName,
      diffusivity: ParameterName, diffusivityActivation: ParameterName, rate: ParameterName,
      rateActivation: ParameterName
    ) -> Electrode {
      let a = value(surface) * value(active)
      let r = value(radius)
      return Electrode(
        thickness: value(thickness), porosity: value(porosity),
        transportEfficiency: value(efficiency), conductivity: value(conductivity),
        surfaceSource: 1 / (a * faraday * value(concentration) * r),
        inverseRadiusSquared: value(diffusivity) / (r * r),
        diffusivityActivation: value(diffusivityActivation),
        exchange: a * faraday * value(rate), reactionActivation: value(rateActivation),
        anodic: functions.anodicTransferCoefficient,
        cathodic: functions.cathodicTransferCoefficient)
    }
    negative = electrode(
      functions.negative, thickness: .negativeThickness, porosity: .negativePorosity,
      efficiency: .negativeTransportEfficiency, conductivity: .negativeConductivity,
      surface: .negativeSurfaceAreaPerUnitVolume, active: .negativeActiveFraction,
      radius: .negativeParticleRadius, concentration: .negativeMaximumConcentration,
      diffusivity: .negativeDiffusivity,
      diffusivityActivation: .negativeDiffusivityActivationEnergy,
      rate: .negativeReactionRateConstant,
      rateActivation: .negativeReactionRateConstantActivationEnergy)
    positive = electrode(
      functions.positive, thickness: .positiveThickness, porosity: .positivePorosity,
      efficiency: .positiveTransportEfficiency, conductivity: .positiveConductivity,
      surface: .positiveSurfaceAreaPerUnitVolume, active: .positiveActiveFraction,
      radius: .positiveParticleRadius, concentration: .positiveMaximumConcentration,
      diffusivity: .positiveDiffusivity,
      diffusivityActivation: .positiveDiffusivityActivationEnergy,
      rate: .positiveReactionRateConstant,
      rateActivation: .positiveReactionRateConstantActivationEnergy)
    separatorThickness = value(.separatorThickness)
    separatorPorosity = value(.separatorPorosity)
    separatorEfficiency = value(.separatorTransportEfficiency)
    area = value(.electrodeArea) * functions.electrodePairs
    let anions = 1 - value(.electrolyteCationTransferenceNumber)
    saltSource = anions / (faraday * functions.initialConcentration)
    concentrationFactor = 2 * anions * PhysicalConstants.gas / faraday
    diffusivityFactor = value(.electrolyteDiffusivity)
    diffusivityActivation = value(.electrolyteDiffusivityActivationEnergy)
    conductivityFactor = value(.electrolyteConductivity)
    conductivityActivation = value(.electrolyteConductivityActivationEnergy)
    contactResistance = value(.contactResistance)
    cooling = value(.heatTransferCoefficient) * functions.coolingArea
    heatCapacity = value(.heatCapacity)
  }
}

extension DFNCoefficients.Electrode {
  /// Whether the mesh in metres and per conductivity is the same.
  func hasGeometry(of other: Self) -> Bool {
    thickness == other.thickness && transportEfficiency == other.transportEfficiency
      && conductivity == other.conductivity
  }
}
