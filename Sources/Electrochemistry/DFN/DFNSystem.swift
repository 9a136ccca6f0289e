import Kernels
import Quantities

/// The equations of a DFN and their Newton systems on one mesh; no time in it.
///
/// M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526, with lumped heat.
/// What has inertia: shells, salt, temperature. What follows at once: ionic currents at the faces
/// and, under a voltage, power or resistance control, the current.
final class DFNSystem {
  let layout: DFNLayout
  let mesh: DFNMesh
  let functions: ModelFunctions
  let thermal: SPMe.Thermal
  let negative: PorousElectrode
  let positive: PorousElectrode
  let separator: SeparatorCells
  var coefficients: DFNCoefficients
  let electrolyte: ElectrolyteState
  var rates: (negative: PorousElectrode.Rates, positive: PorousElectrode.Rates)
  var temperature: Double
  var ambient: Double
  var branch = OpenCircuitBranch.mean

  /// Left by `evaluate`: V; and the heats of the whole cell, W, when asked for.
  var voltage = 0.0
  var heat = DFNHeat()
  /// 1 over the current density at 1C, m2/A: the unit in which face currents converge.
  let inverseUnitDensity: Double
  /// dV of one ampere through the linearised cell, V/A; left by `factor`.
  var voltageResponse = 0.0

  init(_ cell: CellParameters, mesh: DFNMesh, thermal: SPMe.Thermal) {
    self.mesh = mesh
    self.thermal = thermal
    layout = DFNLayout(mesh: mesh)
    functions = ModelFunctions(cell)
    coefficients = DFNCoefficients(cell, functions: functions)
    inverseUnitDensity = coefficients.area / cell.nominalCapacity.value
    negative = PorousElectrode(
      functions.negative, coefficients: coefficients.negative, mesh: mesh)
    positive = PorousElectrode(
      functions.positive, coefficients: coefficients.positive, mesh: mesh)
    separator = SeparatorCells(cells: mesh.separator)
    electrolyte = ElectrolyteState(
      potential: functions.electrolytePotential,
      conductivity: functions.electrolyteConductivity,
      restConcentration: functions.initialConcentration)
    let rest = PorousElectrode.Rates(
      diffusion: 1, exchange: 1, thermalVoltage: 0.0257, aboveReference: 0)
    rates = (rest, rest)
    temperature = .nan
    ambient = functions.referenceTemperature
    negative.setGeometry()
    positive.setGeometry()
    set(coefficients)
    setTemperature(functions.referenceTemperature)
  }

  /// Other parameter values in the same functions and mesh.
  func set(_ coefficients: DFNCoefficients) {
    self.coefficients = coefficients
    for (electrode, new) in [(negative, coefficients.negative), (positive, coefficients.positive)] {
      let isAlike = electrode.coefficients.hasGeometry(of: new)
      electrode.coefficients = new
      if !isAlike { electrode.setGeometry() }
    }
    separator.setGeometry(
      thickness: coefficients.separatorThickness,
      transportEfficiency: coefficients.separatorEfficiency)
    let now = temperature
    temperature = .nan
    if !now.isNaN { setTemperature(now) }
  }

  /// Rates at a temperature, K; free when it has not changed.
  func setTemperature(_ new: Double) {
    guard new != temperature else { return }
    temperature = new
    let reference = functions.referenceTemperature
    func arrhenius(_ energy: Double) -> Double {
      energy == 0
        ? 1 : Double.exponential(energy / PhysicalConstants.gas * (1 / reference - 1 / new))
    }
    func electrode(_ c: DFNCoefficients.Electrode) -> PorousElectrode.Rates {
      PorousElectrode.Rates(
        diffusion: c.inverseRadiusSquared * arrhenius(c.diffusivityActivation),
        exchange: c.exchange * arrhenius(c.reactionActivation),
        thermalVoltage: PhysicalConstants.gas / PhysicalConstants.faraday * new,
        aboveReference: new - reference)
    }
    rates = (electrode(coefficients.negative), electrode(coefficients.positive))
    electrolyte.diffusivityFactor =
      coefficients.diffusivityFactor * arrhenius(coefficients.diffusivityActivation)
    electrolyte.inverseConductivityFactor =
      1 / (coefficients.conductivityFactor * arrhenius(coefficients.conductivityActivation))
    electrolyte.chi = coefficients.concentrationFactor * new
  }
}
