import Kernels

// Goals, in order: 1. the voltage is right to the tolerance, and with it the surfaces, the salt
// and the temperature; 2. bounded work whatever is asked, the last good state kept; 3. one step a
// knot of a drive cycle, no start-up cost between pieces; 4. nothing allocated on the way.

/// SPM or SPMe in adaptive steps: currents, ramps, and voltage, power and resistance as
/// constraints that hold at every step's end and every row.
///
/// One step's estimated error is held below `relativeTolerance` times the scales of
/// `ErrorScales`: with the default 1e-6 that is 20 uV. Time integration then adds 0.02 mV or less
/// to the error of the mesh (Chen2020, 1C). A current that a constraint sets is
/// a parabola over each step.
public final class SingleParticleSolver: CellSolver {
  let step: SingleParticleStep<Double>
  let controller: StepController
  var control: CellControl?
  var ambient = 0.0
  /// Since `start`, s.
  var time = 0.0
  /// A, now.
  var current = 0.0
  /// Charged minus discharged since `start`, A s.
  var charge = 0.0
  /// Of the open-circuit curves: that of the last current other than zero.
  var branch = OpenCircuitBranch.mean
  /// What the state shows under `current`; nil when either changed.
  var shown: (terminals: TerminalValues<Double>, eta: Overpotentials<Double>)?
  /// Of the current over the last step that a constraint set, A/s; nil after a switch.
  var lastSlope: (value: Double, duration: Double)?
  /// dV/dI over a step of about the last one's length, Ohm.
  var stepResistance = 0.0
  /// Counted since `start`.
  public internal(set) var statistics = SolverStatistics()

  /// A solver of one cell.
  ///
  /// - Parameter relativeTolerance: 1e-9 to 1e-2; see above.
  public convenience init(
    _ parameters: CellParameters, model: SingleParticleModel, mesh: SPMe.MeshName,
    thermal: SPMe.Thermal, relativeTolerance: Double = 1e-6
  ) throws(ModelError) {
    try self.init(
      SPMe(parameters, model: model, mesh: mesh, thermal: thermal),
      relativeTolerance: relativeTolerance)
  }

  /// A solver of a model on any mesh.
  package init(_ model: SPMe, relativeTolerance: Double) throws(ModelError) {
    try StepController.check(relativeTolerance)
    step = SingleParticleStep(model, coefficients: model.coefficients)
    controller = StepController(tolerance: relativeTolerance)
  }

  /// Rests at these stoichiometries and this temperature, K; see `CellSolver`.
  public func start(
    negativeStoichiometry: Double, positiveStoichiometry: Double, temperature: Double
  ) throws(ModelError) {
    try step.model.checkSurface("negative", negativeStoichiometry, step.model.functions.negative)
    try step.model.checkSurface("positive", positiveStoichiometry, step.model.functions.positive)
    guard temperature >= 150, temperature <= 500 else {
      throw ModelError(
        quantity: "cell temperature", value: temperature, unit: "K", bound: "150 to 500 K")
    }
    let rested = step.model.rest(
      negativeStoichiometry: negativeStoichiometry, positiveStoichiometry: positiveStoichiometry,
      temperature: temperature)
    for (i, value) in rested.enumerated() { step.state[i] = value }
    branch = .mean
    step.stale = true
    (time, current, charge, shown, control, lastSlope) = (0, 0, 0, nil, nil, nil)
    statistics = SolverStatistics()
    controller.restart()
  }

  /// Imposes a control from now on; see `CellSolver`. On an error the one before stays.
  public func apply(_ control: CellControl, ambient: Double) throws(ModelError) {
    try step.model.checkInputs(current: 0, ambient: ambient)
    let before = (self.ambient, shown, step.state[step.model.layout.temperature])
    self.ambient = ambient
    if step.model.thermal == .isothermal { step.state[step.model.layout.temperature] = ambient }
    if before.0 != ambient {
      shown = nil
      step.stale = true
    }
    do throws(ModelError) {
      let now = try instantCurrent(control)
      try adopt(current: now)
    } catch {
      (self.ambient, shown, step.state[step.model.layout.temperature]) = before
      throw error
    }
    self.control = control
    lastSlope = nil
  }

  /// The current jumps to `now`, A.
  private func adopt(current now: Double) throws(ModelError) {
    if now == current, shown != nil { return }
    let found = try evaluate(step.state, current: now)
    if now != current { controller.jump() }
    shown = found
    current = now
    branch = OpenCircuitBranch(current: now) ?? branch
  }

  /// This instant, under the control in force.
  public func row() throws(ModelError) -> SolverRow {
    guard let shown else {
      throw ModelError(
        quantity: "number of controls applied", value: 0, unit: "", bound: "1 or more before a row")
    }
    return SolverRow(
      time: time, current: current, netCapacity: charge / 3600,
      outputs: step.model.outputs(
        step.state, overpotentials: shown.eta, terminals: shown.terminals, current: current,
        branch: branch))
  }

  /// Terminals of a state under a current, checked.
  func evaluate(
    _ x: UnsafePointer<Double>, current: Double
  ) throws(ModelError) -> (terminals: TerminalValues<Double>, eta: Overpotentials<Double>) {
    let temperature = x[step.model.layout.temperature]
    let eta = step.model.overpotentials(
      x, coefficients: step.coefficients, temperature: temperature, current: current)
    // Surfaces first: where one is out of range the heat, hence the temperature, is NaN.
    try step.model.checkSurfaces(eta)
    try step.model.checkState(x, temperature: temperature)
    let ends = step.model.electrolyteEnds(x)
    let y = step.model.terminals(
      x, coefficients: step.coefficients, overpotentials: eta, temperature: temperature,
      current: current, branch: OpenCircuitBranch(current: current) ?? branch)
    // Near depletion the parabolas through the cells go below zero before a cell does, and a
    // logarithm of the voltage with them.
    let least = min(ends.negative, ends.positive)
    guard least > 0 else {
      throw ModelError(
        quantity: ends.negative < ends.positive
          ? "electrolyte concentration at the negative collector"
          : "electrolyte concentration at the positive collector", value: least, unit: "mol/m3",
        bound: "above 0 mol/m3")
    }
    guard y.voltage.isFinite else {
      throw ModelError(quantity: "voltage", value: y.voltage, unit: "V", bound: "a finite number")
    }
    return (y, eta)
  }
}
