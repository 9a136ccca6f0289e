public import Electrochemistry

extension FixedStepSolver {
  /// Goes on under the control in force.
  public func run(
    for duration: Double, stops: [StopCondition], outputTimes: [Double],
    emit: (SolverRow) -> Void
  ) throws(ModelError) -> RunEnd {
    guard duration > 0, duration.isFinite else {
      throw ModelError(
        quantity: "duration of a run", value: duration, unit: "s", bound: "above 0, finite")
    }
    (runStart, runDuration) = (state.time, duration)
    let first = try row()
    if let stop = stops.firstIndex(where: { $0.isMet(at: first, since: first) }) {
      return .stop(stop)
    }
    let end = state.time + duration
    var next = outputTimes.firstIndex { $0 > first.time } ?? outputTimes.endIndex
    while true {
      let hasOutput = next < outputTimes.endIndex && outputTimes[next] < end
      let target = hasOutput ? outputTimes[next] : end
      let parts = max(1, ((target - state.time) / Self.step).rounded(.up))
      let h = (target - state.time) / parts
      for part in 0..<Int(parts) {
        let left = target - state.time
        if let stop = try advance(Double(part) == parts - 1 ? left : h, stops, since: first) {
          return .stop(stop)
        }
      }
      state.time = target
      guard hasOutput else { return .duration }
      emit(try row())
      next += 1
    }
  }

  /// Advances by `h`, or to the first stop inside it, whose index it returns.
  private func advance(
    _ h: Double, _ stops: [StopCondition], since first: SolverRow
  ) throws(ModelError) -> Int? {
    let before = state
    do throws(ModelError) {
      try advance(h)
      guard !stops.isEmpty else { return nil }
      var stop = try met(stops, since: first)
      guard stop != nil else { return nil }
      // Bisection; the condition holds at `high`, so that the end is on the far side of the bound.
      var (low, high) = (0.0, h)
      while high - low > Self.stopResolution {
        let middle = 0.5 * (low + high)
        state = before
        try advance(middle)
        if let earlier = try met(stops, since: first) {
          (stop, high) = (earlier, middle)
        } else {
          low = middle
        }
      }
      state = before
      try advance(high)
      return stop
    } catch {
      state = before
      throw error
    }
  }

  private func met(
    _ stops: [StopCondition], since first: SolverRow
  ) throws(ModelError) -> Int? {
    let row = try row()
    return stops.firstIndex { $0.isMet(at: row, since: first) }
  }
}
