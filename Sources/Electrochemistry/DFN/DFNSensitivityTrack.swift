import Kernels

/// One direction's derivatives along a run.
final class DFNSensitivityTrack {
  /// Relative step of the central differences: error 1e-10, rounding 1e-11.
  static let delta = 1e-5

  let direction: SensitivityDirection
  /// Coefficients at the parameter times exp(+-delta); nil where it is not a parameter.
  let coefficients: (plus: DFNCoefficients, minus: DFNCoefficients)?
  /// Adds to the current, A, per unit of the direction.
  let currentShift: Double
  /// dy/dtheta of what has inertia, at the present, at the step's start, and known in a stage.
  let state: LaneArray
  let before: LaneArray
  let known: LaneArray
  /// d(dy/dt)/dtheta of the stages.
  var rates: [LaneArray]
  /// d(face currents)/dtheta.
  let ionic: LaneArray
  let sides: DFNSides
  private let start: (negative: Double, positive: Double)

  init(_ direction: SensitivityDirection, _ cell: CellParameters, _ solver: DFNSolver) {
    self.direction = direction
    let n = solver.y.count
    state = LaneArray(n)
    before = LaneArray(n)
    known = LaneArray(n)
    rates = (0..<solver.method.count).map { _ in LaneArray(n) }
    ionic = LaneArray(solver.ionic.count)
    sides = DFNSides(solver.system)
    currentShift = direction == .current ? 1 : 0
    if case .parameter(let name) = direction {
      coefficients = (
        DFNCoefficients(
          cell.scaled([name: Double.exponential(Self.delta)]), functions: solver.system.functions),
        DFNCoefficients(
          cell.scaled([name: Double.exponential(-Self.delta)]), functions: solver.system.functions)
      )
    } else {
      coefficients = nil
    }
    switch direction {
    case .negativeStoichiometry: start = (1, 0)
    case .positiveStoichiometry: start = (0, 1)
    case .stateOfCharge:
      start = (
        cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry,
        cell.positive.minimumStoichiometry - cell.positive.maximumStoichiometry
      )
    case .parameter, .current: start = (0, 0)
    }
  }

  /// Whether the equations themselves depend on the direction.
  var movesEquations: Bool { coefficients != nil || currentShift != 0 }

  /// At a rested start.
  func begin(_ layout: DFNLayout) {
    for i in 0..<state.count { state.lanes[i] = Lane(repeating: 0) }
    for i in layout.negativeShells..<layout.positiveShells {
      state.lanes[i] = Lane(repeating: start.negative)
    }
    for i in layout.positiveShells..<layout.negativeSalt {
      state.lanes[i] = Lane(repeating: start.positive)
    }
    for i in 0..<ionic.count { ionic.lanes[i] = Lane(repeating: 0) }
  }
}
