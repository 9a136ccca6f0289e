import Kernels

extension DFNSolver {
  /// Steps shorter than this end the run with the error that made them so, s.
  private static let shortest = 1e-7

  /// One accepted step of at most `wanted`, s; the model is evaluated at its end.
  ///
  /// - Returns: its length.
  func advance(_ wanted: Double) throws(ModelError) -> Double {
    var h = wanted
    slopeIsKnown = false
    var reason: ModelError?
    if rateIsLast { rates.swapAt(0, method.count - 1) }
    rateIsLast = false
    while true {
      let trial = attempt(h)
      if case .error(let error) = trial, error <= 1 {
        let start = Instant(time: time, charge: charge, current: current)
        accept(h)
        evaluateEnd()
        do {
          try system.checkState(y.lanes, current: current, bound: currentBound)
          let proposal = h * min(6, 0.85 / max(1e-6, error.squareRoot().squareRoot()))
          // A step cut short by the run's end says little against the longer one.
          nextStep = h < wanted || wanted >= nextStep ? proposal : max(nextStep, proposal)
          rateIsLast = true
          return h
        } catch {
          reason = error
          restore(start)
        }
        h *= 0.3
      } else if case .error(let error) = trial, error.isFinite {
        h *= max(0.15, 0.85 / error.squareRoot().squareRoot())
      } else {
        if reason == nil { reason = failedReason() }
        h *= 0.3
      }
      statistics.rejections += 1
      guard h > Self.shortest else {
        evaluateEnd()
        rateIsKnown = false
        throw reason
          ?? ModelError(
            quantity: "step", value: h, unit: "s", bound: "above \(Self.shortest) s")
      }
    }
  }

  /// Evaluates the model at the state.
  func evaluateEnd() {
    stageControlCurrent = current
    interpolatedCharge = charge
    evaluatedShells = UnsafePointer(y.lanes)
    system.evaluate(y.lanes, ionic: ionic.lanes, current: current)
    statistics.evaluations += 1
  }

  func failedReason() -> ModelError? {
    do {
      try system.checkState(stage.lanes, current: stageControlCurrent, bound: currentBound)
      return nil
    } catch { return error }
  }

  func restore(_ start: Instant) {
    y.lanes.update(from: before.lanes, count: y.count)
    ionic.lanes.update(from: ionicBefore.lanes, count: ionic.count)
    (time, charge, current) = (start.time, start.charge, start.current)
  }

  /// A first step after a jump, s: the fastest shell moves by a thousandth.
  var firstStep: Double {
    var largest = Lane(repeating: 0)
    for k in 0..<(y.count - 1) {
      largest = Lane.larger(largest, Lane.magnitude(rates[0].lanes[k]))
    }
    return min(max(1e-3 / max(largest.max(), 1e-9), 1e-5), 10)
  }
}
