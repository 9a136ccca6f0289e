// Goals, in order: 1. the SPMe's own step (`SPMe.step`), nothing re-derived; 2. held voltage,
// power and resistance met to 1e-9 of their size at the end of every step; 3. stops found to 1 us.
// Speed is not a goal: the step is half a second throughout. Oracles: a cell with closed-form
// event times drives the same laws (Tests/SimulationTests), and charge balances to rounding.

public import Electrochemistry

/// The SPMe under any control, in steps of half a second and less.
///
/// A held voltage, power or resistance is an equation for the current at the end of each step,
/// solved by the secant method; within the step the current is linear.
public final class FixedStepSolver: CellSolver {
  /// Longest step, s: a current jump is a tenth of a millivolt off for the first second.
  public static let step = 0.5

  /// Stops are found to this, s.
  static let stopResolution = 1e-6

  /// What changes with time.
  struct State {
    var x: [Double]
    var time = 0.0
    /// Since `start`, A s.
    var charge = 0.0
    var current = 0.0
  }

  let model: SPMe
  let workspace: SPMeWorkspace
  var state: State
  var control = CellControl.current(0)
  var ambient = 298.15
  /// When the run in progress began and how long it may last, s: a ramp's scale.
  var runStart = 0.0
  var runDuration = 1.0
  /// Derivative of the control's residual by the current, as the secant last saw it.
  var slope = 1.0

  /// Counted since `start`.
  public internal(set) var statistics = SolverStatistics()

  /// A solver of one cell.
  public init(_ parameters: CellParameters, mesh: SPMe.MeshName, thermal: SPMe.Thermal) {
    model = SPMe(parameters, mesh: mesh, thermal: thermal, longestSubstep: Self.step)
    workspace = model.makeWorkspace()
    state = State(x: model.rest(stateOfCharge: 1, temperature: 298.15))
  }

  /// Rests at these stoichiometries and this temperature, K.
  public func start(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) throws(ModelError) {
    let x = model.rest(
      negativeStoichiometry: negativeStoichiometry, positiveStoichiometry: positiveStoichiometry,
      temperature: temperature)
    _ = try model.outputs(x, current: 0, ambient: temperature)
    state = State(x: x)
    control = .current(0)
    ambient = temperature
    statistics = SolverStatistics()
  }

  /// Imposes a control from now on.
  public func apply(_ control: CellControl, ambient: Double) throws(ModelError) {
    let before = (self.control, self.ambient)
    (self.control, self.ambient) = (control, ambient)
    do throws(ModelError) {
      state.current = try currentAtSwitch()
    } catch {
      (self.control, self.ambient) = before
      throw error
    }
  }

  /// This instant.
  public func row() throws(ModelError) -> SolverRow {
    SolverRow(
      time: state.time, current: state.current, netCapacity: state.charge / 3600,
      outputs: try model.outputs(state.x, current: state.current, ambient: ambient))
  }
}
