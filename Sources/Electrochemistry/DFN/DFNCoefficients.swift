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

  init(_ cell: CellParameters) {
    let faraday = PhysicalConstants.faraday
    func electrode(_ e: ElectrodeParameters) -> Electrode {
      let a = e.surfaceAreaPerUnitVolume * e.activeFraction
      return Electrode(
        thickness: e.thickness, porosity: e.porosity,
        transportEfficiency: e.transportEfficiency, conductivity: e.conductivity,
        surfaceSource: 1 / (a * faraday * e.maximumConcentration * e.particleRadius),
        inverseRadiusSquared: e.diffusivity.factor / (e.particleRadius * e.particleRadius),
        diffusivityActivation: e.diffusivityActivationEnergy,
        exchange: a * faraday * e.reactionRateConstant,
        reactionActivation: e.reactionRateConstantActivationEnergy,
        anodic: e.anodicTransferCoefficient, cathodic: e.cathodicTransferCoefficient)
    }
    negative = electrode(cell.negative)
    positive = electrode(cell.positive)
    separatorThickness = cell.separator.thickness
    separatorPorosity = cell.separator.porosity
    separatorEfficiency = cell.separator.transportEfficiency
    area = cell.electrodeArea * Double(cell.electrodePairs)
    let anions = 1 - cell.electrolyte.cationTransferenceNumber
    saltSource = anions / (faraday * cell.electrolyte.initialConcentration)
    concentrationFactor = 2 * anions * PhysicalConstants.gas / faraday
    diffusivityFactor = cell.electrolyte.diffusivity.factor
    diffusivityActivation = cell.electrolyte.diffusivityActivationEnergy
    conductivityFactor = cell.electrolyte.conductivity.factor
    conductivityActivation = cell.electrolyte.conductivityActivationEnergy
    contactResistance = cell.contactResistance
    cooling = cell.heatTransferCoefficient * cell.coolingArea
    heatCapacity = cell.heatCapacity
  }
}

extension DFNCoefficients.Electrode {
  /// Whether the mesh in metres and per conductivity is the same.
  func hasGeometry(of other: Self) -> Bool {
    thickness == other.thickness && transportEfficiency == other.transportEfficiency
      && conductivity == other.conductivity
  }
}
