import Kernels

extension SingleParticleSolver {
  /// Tries in one `run`; at a step a second that is a month.
  static let mostTries = 3_000_000

  /// Goes on under the control in force; see `CellSolver`.
  public func run(
    for duration: Double, stops: [StopCondition], outputTimes: [Double],
    emit: (SolverRow) -> Void
  ) throws(ModelError) -> RunEnd {
    guard let control, let shown else {
      throw ModelError(
        quantity: "number of controls applied", value: 0, unit: "", bound: "1 or more before a run")
    }
    guard duration > 0, duration <= 1e9 else {
      throw ModelError(
        quantity: "run duration", value: duration, unit: "s", bound: "above 0, to 1e9 s")
    }
    let piece = Piece(control, start: time, end: time + duration, charge: charge)
    for (i, stop) in stops.enumerated()
    where excess(stop, shown.terminals, current: current, charge: 0) >= 0 { return .stop(i) }
    var next = firstOutput(outputTimes)
    var tries = 0
    while time < piece.end {
      let left = piece.end - time
      var h = controller.duration
      if h >= left * 0.999 { h = left } else if h > left * 0.5 { h = left * 0.5 }
      let advance = try accept(upTo: h, piece, &tries)
      var end = advance
      var met: Int?
      if !stops.isEmpty {
        (end, met) = try firstStop(stops, in: advance, piece, &tries)
      }
      while next < outputTimes.count, outputTimes[next] <= time + end.duration {
        let t = outputTimes[next]
        if t >= piece.end || (met != nil && t >= time + end.duration) { break }
        if t > time { emit(try row(at: (t - time) / end.duration, of: end, piece)) }
        next += 1
      }
      commit(end, piece, left: left)
      if let met { return .stop(met) }
    }
    return .duration
  }

  /// A step that can be taken: what the cell shows at its end.
  struct Advance {
    var duration: Double
    var passing: StepCurrent<Double>
    var terminals: TerminalValues<Double>
    var eta: Overpotentials<Double>
    var error: Double
  }

  /// One piece of an experiment under way.
  struct Piece {
    let control: CellControl
    let start: Double
    let end: Double
    /// Net charge at the start, A s.
    let charge: Double

    init(_ control: CellControl, start: Double, end: Double, charge: Double) {
      self.control = control
      self.start = start
      self.end = end
      self.charge = charge
    }

    /// The prescribed current at a time; nil when a constraint sets it.
    func current(at time: Double) -> Double? {
      switch control {
      case .current(let value): value
      case .ramp(let from, let to):
        // Exactly `to` at the end: the next knot must not look like a jump.
        time >= end ? to : from + (to - from) * ((time - start) / (end - start))
      case .voltage, .power, .resistance: nil
      }
    }
  }

  /// Tries until a step of `longest` or less is accurate enough.
  private func accept(
    upTo longest: Double, _ piece: Piece, _ tries: inout Int
  ) throws(ModelError) -> Advance {
    var h = longest
    // Why the model could not take a longer step, if it could not.
    var failure: ModelError?
    while true {
      tries += 1
      guard tries <= Self.mostTries else {
        throw ModelError(
          quantity: "steps in one run at \(time) s", value: Double(tries), unit: "",
          bound: "at most \(Self.mostTries)")
      }
      do throws(ModelError) {
        let advance = try self.advance(h, piece)
        if advance.error <= 1 { return advance }
        h = controller.rejected(error: advance.error, taken: h)
      } catch {
        // A NaN tells nothing of its cause.
        if failure == nil || !error.value.isNaN { failure = error }
        h = controller.rejected(error: .infinity, taken: h)
      }
      statistics.rejections += 1
      if h < StepController.shortest {
        throw failure
          ?? ModelError(
            quantity: "time step at \(time) s", value: h, unit: "s",
            bound: "\(StepController.shortest) s or more for the tolerance asked")
      }
    }
  }

  /// One step, whatever its error.
  func advance(_ h: Double, _ piece: Piece) throws(ModelError) -> Advance {
    if let end = piece.current(at: h == piece.end - time ? piece.end : time + h) {
      try step.model.checkInputs(current: end, ambient: ambient)
      var advance = try attempt(h, StepCurrent(from: current, to: end))
      if case .ramp = piece.control { advance.error /= ErrorScales.ramp }
      return advance
    }
    return try constrained(h, piece.control)
  }

  /// One step under a current, A.
  func attempt(_ h: Double, _ passing: StepCurrent<Double>) throws(ModelError) -> Advance {
    step.attempt(duration: h, passing: passing, ambient: ambient)
    statistics.evaluations += 4
    statistics.factorisations += 1
    let (y, eta) = try evaluate(step.trial, current: passing.end)
    return Advance(
      duration: h, passing: passing, terminals: y, eta: eta,
      error: step.voltageError(eta, terminals: y) / controller.tolerance)
  }

  /// Makes the last attempt the state.
  private func commit(_ advance: Advance, _ piece: Piece, left: Double) {
    step.accept()
    let slope = (advance.passing.end - current) / advance.duration
    charge += advance.passing.charge(to: 1, duration: advance.duration)
    time = advance.duration == left ? piece.end : time + advance.duration
    lastSlope = (slope, advance.duration)
    current = advance.passing.end
    shown = (advance.terminals, advance.eta)
    branch = OpenCircuitBranch(current: current) ?? branch
    controller.accepted(error: advance.error, taken: advance.duration)
    statistics.steps += 1
  }

  /// Index of the first output time after now.
  private func firstOutput(_ times: [Double]) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A row inside the last attempt.
  private func row(
    at fraction: Double, of advance: Advance, _ piece: Piece
  ) throws(ModelError) -> SolverRow {
    step.interpolate(at: fraction)
    let t = time + fraction * advance.duration
    var now = advance.passing.value(at: fraction)
    if let prescribed = piece.current(at: t) {
      now = prescribed
    } else {
      now = try instantCurrent(piece.control, state: step.argument, guess: now)
    }
    let (y, eta) = try evaluate(step.argument, current: now)
    let passed = advance.passing.charge(to: fraction, duration: advance.duration)
    return SolverRow(
      time: t, current: now, netCapacity: (charge + passed) / 3600,
      outputs: step.model.outputs(
        step.argument, overpotentials: eta, terminals: y, current: now,
        branch: OpenCircuitBranch(current: now) ?? branch))
  }
}
