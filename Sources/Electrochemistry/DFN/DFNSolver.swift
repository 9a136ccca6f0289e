import Kernels
import Quantities

// Goals, in order: 1. lithium, salt and charge conserved to rounding in every step, converged or
// not; 2. error of the voltage within a few times the tolerance (in V) from the first second on;
// 3. speed; 4. a change of current costs nothing but short steps: no history to rebuild.

/// A DFN integrated in time: order-4 ESDIRK steps whose Newton systems are solved by structure.
///
/// A one-step method, because a bench's current jumps every second or so and a multistep method
/// (IDA's) starts again at order one each time: see decision 0008.
public final class DFNSolver: CellSolver {
  let system: DFNSystem
  let method = DiagonallyImplicitMethod.fourthOrder
  /// Largest local error of a step by what it does to the voltage, V.
  let tolerance: Double
  let nominalCapacity: Double

  // The state: what has inertia, face currents, current, and the time derivative of the first.
  let y: LaneArray
  let ionic: LaneArray
  var current = 0.0
  /// Since `start`, s.
  public internal(set) var time = 0.0
  /// C.
  var charge = 0.0
  var control = CellControl.current(0)
  /// `rates[0]` is dy/dt at the state, or (when `rateIsLast`) the last stage's is.
  var rateIsKnown = false
  var rateIsLast = false
  /// Step to try next, and first after a kink of the current, s.
  var nextStep = 0.0
  var kinkStep = Double.infinity
  /// Counted since `start`.
  public internal(set) var statistics = SolverStatistics()

  // Stages of the step in hand.
  let stage: LaneArray
  let predicted: LaneArray
  var rates: [LaneArray]
  let stageIonic: [LaneArray]
  var stageCurrent = [Double](repeating: 0, count: 6)
  /// Before the step in hand.
  let before: LaneArray
  let ionicBefore: LaneArray
  /// Before a step of fixed length.
  let kept: LaneArray
  let keptIonic: LaneArray
  /// The last rate is dy/dt at the end of a step of fixed length that led to the present state.
  var slopeIsKnown = false
  /// The step whose instants the system's matrix with gh = 0 serves; -1 when there is none.
  var instantMatrixStep = -1
  /// Of the run in hand.
  var (runStart, runDuration, runCharge) = (0.0, 1.0, 0.0)
  /// Current, charge and shells that go with the system's last evaluation.
  var stageControlCurrent = 0.0
  var interpolatedCharge = 0.0
  var evaluatedShells: UnsafePointer<Lane>

  /// A solver at rest at the cell file's state of charge and temperature.
  ///
  /// - Parameter relativeTolerance: local error of a step by what it does to the voltage, V.
  public convenience init(
    _ parameters: CellParameters, mesh: SPMe.MeshName, thermal: SPMe.Thermal,
    relativeTolerance: Double = 2e-5
  ) {
    self.init(
      parameters, size: mesh.dfn, thermal: thermal, relativeTolerance: relativeTolerance)
  }

  package init(
    _ parameters: CellParameters, size: DFNMesh, thermal: SPMe.Thermal, relativeTolerance: Double
  ) {
    system = DFNSystem(parameters, mesh: size, thermal: thermal)
    tolerance = min(max(relativeTolerance, 1e-10), 1)
    nominalCapacity = parameters.nominalCapacity.value
    let (n, faces) = (system.layout.count, 2 * system.layout.blocks)
    y = LaneArray(n)
    ionic = LaneArray(faces)
    evaluatedShells = UnsafePointer(y.lanes)
    stage = LaneArray(n)
    predicted = LaneArray(n)
    rates = (0..<method.count).map { _ in LaneArray(n) }
    stageIonic = (0..<method.count).map { _ in LaneArray(faces) }
    kept = LaneArray(n)
    keptIonic = LaneArray(faces)
    before = LaneArray(n)
    ionicBefore = LaneArray(faces)
    fill(
      negativeStoichiometry: parameters.negative.minimumStoichiometry
        + parameters.initialStateOfCharge
        * (parameters.negative.maximumStoichiometry - parameters.negative.minimumStoichiometry),
      positiveStoichiometry: parameters.positive.maximumStoichiometry
        - parameters.initialStateOfCharge
        * (parameters.positive.maximumStoichiometry - parameters.positive.minimumStoichiometry),
      temperature: parameters.initialTemperature)
  }

  /// Rests at these stoichiometries; see `CellSolver`.
  public func start(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) throws(ModelError) {
    try system.checkStart(
      negative: negativeStoichiometry, positive: positiveStoichiometry, temperature: temperature)
    fill(
      negativeStoichiometry: negativeStoichiometry,
      positiveStoichiometry: positiveStoichiometry, temperature: temperature)
  }

  private func fill(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) {
    let layout = system.layout
    for i in layout.negativeShells..<layout.positiveShells {
      y.lanes[i] = Lane(repeating: negativeStoichiometry)
    }
    for i in layout.positiveShells..<layout.negativeSalt {
      y.lanes[i] = Lane(repeating: positiveStoichiometry)
    }
    for i in layout.negativeSalt..<layout.temperature { y.lanes[i] = Lane(repeating: 1) }
    y.lanes[layout.temperature] = Lane(repeating: 0)
    y.lanes[layout.temperature][0] = temperature
    for i in 0..<ionic.count { ionic.lanes[i] = Lane(repeating: 0) }
    (current, time, charge) = (0, 0, 0)
    system.branch = .mean
    control = .current(0)
    (rateIsKnown, rateIsLast, slopeIsKnown) = (false, false, false)
    (nextStep, kinkStep) = (0, .infinity)
    statistics = SolverStatistics()
  }
}

extension SPMe.MeshName {
  /// The same names for a DFN.
  package var dfn: DFNMesh {
    switch self {
    case .coarse: DFNMesh(shells: 12, stretch: 2.5, electrode: 16, grading: 0, separator: 4)
    case .medium: DFNMesh(shells: 24, stretch: 2.5, electrode: 32, grading: 0, separator: 8)
    case .standard: DFNMesh(shells: 40, stretch: 2.5, electrode: 64, grading: 0, separator: 16)
    case .fine: DFNMesh(shells: 96, stretch: 3, electrode: 160, grading: 0, separator: 40)
    }
  }
}
