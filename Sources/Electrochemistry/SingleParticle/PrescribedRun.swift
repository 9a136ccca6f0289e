import Kernels

// Goals, in order: 1. the derivative of the very numbers that the steps produce: steps are chosen by
// values, derivatives go along; 2. the same steps as numbers and as dual numbers, so that one can be
// judged by the other; 3. nothing allocated between steps.

/// A rested cell under a prescribed current, linear between points, as any scalar.
final class PrescribedRun<S: ChainedScalar> {
  let step: SingleParticleStep<S>
  let controller: StepController
  let ambient: S
  /// Added to the current throughout, A.
  let added: S
  var statistics = SolverStatistics()
  /// Durations taken, s, in order; a run that is given some takes these and asks no error.
  private(set) var durations: [Double]
  private let replays: Bool
  private var branch = OpenCircuitBranch.mean

  init(
    _ model: SPMe, coefficients: SPMeCoefficients<S>, tolerance: Double, ambient: Double, added: S,
    replaying durations: [Double] = []
  ) {
    step = SingleParticleStep(model, coefficients: coefficients)
    controller = StepController(tolerance: tolerance)
    self.ambient = S(ambient)
    self.added = added
    self.durations = durations
    replays = !durations.isEmpty
  }

  /// - Parameters:
  ///   - start: stoichiometries.
  ///   - points: s and A; two at one time are a jump.
  ///   - outputTimes: increasing, within the points.
  ///   - emit: index of the output time, what the cell shows.
  func run(
    from start: (negative: S, positive: S), temperature: Double, times: [Double],
    currents: [Double], outputTimes: [Double], emit: (Int, TerminalValues<S>) -> Void
  ) throws(ModelError) {
    rest(start, temperature: temperature)
    var next = 0
    var place = 0
    var last = currents.first ?? 0
    for i in times.indices.dropFirst() {
      let (begin, end) = (times[i - 1], times[i])
      if currents[i - 1] != last { controller.jump() }
      last = currents[i]
      var time = begin
      while time < end {
        while next < outputTimes.count, outputTimes[next] <= time {
          emit(next, try terminals(step.state, currents, times, i, at: outputTimes[next]))
          next += 1
        }
        let h = try accept(from: time, currents, times, i, &place)
        while next < outputTimes.count, outputTimes[next] < time + h {
          step.interpolate(at: (outputTimes[next] - time) / h)
          emit(next, try terminals(step.argument, currents, times, i, at: outputTimes[next]))
          next += 1
        }
        time = end - time - h < 1e-9 * h ? end : time + h
        step.accept()
        statistics.steps += 1
      }
    }
    while next < outputTimes.count, let i = times.indices.last, i > 0 {
      emit(next, try terminals(step.state, currents, times, i, at: times[i]))
      next += 1
    }
  }

  private func rest(_ start: (negative: S, positive: S), temperature: Double) {
    let layout = step.model.layout
    for i in layout.negativeParticle { step.state[i] = start.negative }
    for i in layout.positiveParticle { step.state[i] = start.positive }
    for i in layout.electrolyte { step.state[i] = S(step.model.functions.initialConcentration) }
    step.state[layout.temperature] = step.model.thermal == .isothermal ? ambient : S(temperature)
  }

  private func current(_ currents: [Double], _ times: [Double], _ i: Int, at time: Double) -> S {
    let share = (time - times[i - 1]) / (times[i] - times[i - 1])
    return added + (currents[i - 1] + (currents[i] - currents[i - 1]) * share)
  }

  /// The duration of a step that is accurate enough, taken.
  private func accept(
    from time: Double, _ currents: [Double], _ times: [Double], _ i: Int, _ place: inout Int
  ) throws(ModelError) -> Double {
    let left = times[i] - time
    var h = controller.duration
    if h >= left * 0.999 { h = left } else if h > left * 0.5 { h = left * 0.5 }
    if replays, place < durations.count { h = durations[place] }
    let ramp = currents[i] != currents[i - 1]
    while true {
      let end = h == left ? times[i] : time + h
      let passing = StepCurrent(
        from: current(currents, times, i, at: time), to: current(currents, times, i, at: end))
      step.attempt(duration: h, passing: passing, ambient: ambient)
      statistics.evaluations += 4
      statistics.factorisations += 1
      var failure: ModelError?
      var error = Double.infinity
      do throws(ModelError) {
        let (y, eta) = try evaluate(step.trial, current: passing.end)
        error = step.voltageError(eta, terminals: y) / controller.tolerance
        if ramp { error /= ErrorScales.ramp }
      } catch { failure = error }
      if error <= 1 || (replays && failure == nil) {
        controller.accepted(error: min(error, 1), taken: h)
        if !replays { durations.append(h) }
        place += 1
        branch = OpenCircuitBranch(current: passing.end.value) ?? branch
        return h
      }
      statistics.rejections += 1
      h = controller.rejected(error: error, taken: h)
      if h < StepController.shortest {
        throw failure
          ?? ModelError(
            quantity: "time step at \(time) s", value: h, unit: "s",
            bound: "\(StepController.shortest) s or more for the tolerance asked")
      }
    }
  }

  private func terminals(
    _ x: UnsafePointer<S>, _ currents: [Double], _ times: [Double], _ i: Int, at time: Double
  ) throws(ModelError) -> TerminalValues<S> {
    try evaluate(x, current: current(currents, times, i, at: time)).terminals
  }

  @inline(__always)
  private func evaluate(
    _ x: UnsafePointer<S>, current: S
  ) throws(ModelError) -> (terminals: TerminalValues<S>, eta: Overpotentials<S>) {
    let model = step.model
    let temperature = x[model.layout.temperature]
    try model.checkState(x, temperature: temperature)
    let eta = model.overpotentials(
      x, coefficients: step.coefficients, temperature: temperature, current: current)
    try model.checkSurfaces(eta)
    let y = model.terminals(
      x, coefficients: step.coefficients, overpotentials: eta, temperature: temperature,
      current: current, branch: OpenCircuitBranch(current: current.value) ?? branch)
    return (y, eta)
  }
}
