import Electrochemistry
import Quantities

extension FixedStepSolver {
  /// The current just after the control was imposed, A.
  func currentAtSwitch() throws(ModelError) -> Double {
    switch control {
    case .current(let current): return current
    case .ramp(let from, _): return from
    case .voltage, .power, .resistance:
      let x = state.x
      func residual(_ current: Double) throws(ModelError) -> Double {
        self.residual(
          try model.outputs(x, current: current, ambient: ambient).voltage, current)
      }
      // From no current, so that of a power's two currents the smaller is found.
      let probe = model.parameters.nominalCapacity.value * 1e-3
      slope = (try residual(probe) - residual(0)) / probe
      return try solve(from: 0, residual)
    }
  }

  /// Advances by `h`, s; on an error the state may be spoilt.
  func advance(_ h: Double) throws(ModelError) {
    let start = state.current
    switch control {
    case .current(let current): try step(to: current, h)
    case .ramp(let from, let to):
      let share = min(1, (state.time + h - runStart) / runDuration)
      try step(to: from + (to - from) * share, h)
    case .voltage, .power, .resistance:
      let x = state.x
      func residual(_ current: Double) throws(ModelError) -> Double {
        state.x = x
        state.current = start
        try step(to: current, h)
        return self.residual(
          try model.outputs(state.x, current: current, ambient: ambient).voltage, current)
      }
      // The last one tried is the solution: state and current are those at the end of the step.
      _ = try solve(from: start, residual)
    }
    state.charge += 0.5 * (start + state.current) * h
    state.time += h
    statistics.steps += 1
  }

  private func step(to current: Double, _ h: Double) throws(ModelError) {
    statistics.evaluations += 1
    let start = state.current
    try state.x.withUnsafeMutableBufferPointer { x throws(ModelError) in
      try model.step(
        x, currentFrom: start, to: current, ambient: ambient, duration: h, workspace: workspace)
    }
    state.current = current
  }

  /// What the control wants to be zero.
  private func residual(_ voltage: Double, _ current: Double) -> Double {
    switch control {
    case .current, .ramp: 0
    case .voltage(let held): voltage - held
    case .power(let power): voltage * current - power
    case .resistance(let ohms): voltage + current * ohms
    }
  }

  /// Zero of `residual`, A, by secants; a trial outside the model's range is drawn back.
  private func solve(
    from guess: Double, _ residual: (Double) throws(ModelError) -> Double
  ) throws(ModelError) -> Double {
    let scale: Double =
      switch control {
      case .power(let power): max(1, power.magnitude)
      default: 1
      }
    var (current, value) = (guess, try residual(guess))
    for _ in 0..<40 {
      if value.magnitude <= 1e-9 * scale { return current }
      var next = current - value / slope
      var nextValue = Double.nan
      for attempt in 0..<30 {
        do throws(ModelError) {
          nextValue = try residual(next)
          break
        } catch {
          if attempt == 29 || !next.isFinite { throw error }
          next = 0.5 * (current + next)
        }
      }
      let secant = (nextValue - value) / (next - current)
      if secant.isFinite, secant != 0 { slope = secant }
      (current, value) = (next, nextValue)
    }
    throw ModelError(
      quantity: "current under \(control)", value: current, unit: "A",
      bound: "one that the cell can carry; none was found")
  }
}
