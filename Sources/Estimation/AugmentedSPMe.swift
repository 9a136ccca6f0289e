// Ranked goals: 1. Lithium moves between the electrodes and nowhere else, in the noise as in the mean.
// 2. What the voltage cannot see stays uncertain (electrode offsets). 3. No allocation. Oracle for the
// Jacobians: finite differences of the Double model (Tests/EstimationTests).

package import Electrochemistry
import Kernels

/// The SPMe with everything that a bench makes uncertain, as one state:
/// `[model state; log-factors; resistance; two offsets of open-circuit potentials; discrepancy;
/// offsets of shunt, ambient sensor and thermometers]`.
///
/// - Log-factors and offsets are constants (log-factors with a tiny random walk, so that they never
///   freeze). The discrepancy is a stationary Gauss-Markov process: a constant would take all
///   slow misfit for ever, white noise none of it.
/// - Process noise: the shunt's noise through df/dI, a random walk of the charge along the line
///   between the cell's limits (leakage, side reactions), and one of the temperature. The shells and
///   the salt get none of their own: their equations conserve, and noise there would unlearn it.
package struct AugmentedSPMe: StateSpaceModel {
  package typealias Input = CellInput

  package let model: SPMe
  package let configuration: EstimatorConfiguration
  package let layout: FilterLayout
  private(set) var chargeDirection: [Double] = []
  private var curveSlope: CurveSlope?
  /// Of the open-circuit voltage at the last transition's start, V per unit of charge.
  var slope = 0.0
  package let heating: Double
  let workspace: SPMeWorkspace
  var logFactors: [Double]
  package var step: LinearisedStep
  var terminals: LinearisedOutputs

  package init(cell: CellParameters, configuration: EstimatorConfiguration, thermometers: Int) {
    model = SPMe(cell, mesh: configuration.mesh, thermal: .lumped)
    self.configuration = configuration
    layout = FilterLayout(
      physical: model.stateCount, parameters: configuration.parameters.count,
      thermometers: thermometers)
    heating = 1 / cell.heatCapacity
    workspace = model.makeWorkspace()
    let names = configuration.parameters.map(\.name)
    logFactors = Array(repeating: 0, count: names.count)
    step = LinearisedStep(model, parameters: names)
    terminals = LinearisedOutputs(model, parameters: names)
    chargeDirection = unitOfCharge
    curveSlope = CurveSlope(self, voltage: restedVoltage(stateOfCharge:))
  }

  mutating func noteSlope(_ state: UnsafePointer<Double>) { slope = curveSlope?(state) ?? 0 }

  package var dimension: Int { layout.count }
  package var outputCount: Int { FilteredOutput.allCases.count + layout.thermometers.count }

  /// Variance that the shunt's noise gives an output at the last `measure`.
  func noiseVariance(of output: Int) -> Double {
    let slope = terminals.currentJacobian[output] * configuration.currentNoise
    return slope * slope
  }
}
