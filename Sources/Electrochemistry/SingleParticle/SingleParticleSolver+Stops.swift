import Kernels

extension SingleParticleSolver {
  /// How far a quantity is beyond a stop's bound; at or above zero the stop is met.
  ///
  /// - Parameter charge: A s, since the run began.
  func excess(
    _ stop: StopCondition, _ y: TerminalValues<Double>, current: Double, charge: Double
  ) -> Double {
    let value =
      switch stop.quantity {
      case .voltage: y.voltage
      case .currentMagnitude: current.magnitude
      case .current: current
      case .temperature: y.temperature
      case .negativeSurfaceStoichiometry: y.negativeSurfaceStoichiometry
      case .positiveSurfaceStoichiometry: y.positiveSurfaceStoichiometry
      case .negativePotentialAtSeparator: y.negativePotentialAtSeparator
      case .chargeMoved: charge.magnitude / 3600
      case .stateOfCharge: y.stateOfCharge
      }
    return stop.side == .atLeast ? value - stop.bound : stop.bound - value
  }

  /// The step as far as the first stop that it meets; the last attempt is then that step.
  ///
  /// A root of the true step, not of an interpolant: the state at a stop is as accurate as any.
  func firstStop(
    _ stops: [StopCondition], in advance: Advance, _ piece: Piece, _ tries: inout Int
  ) throws(ModelError) -> (Advance, Int?) {
    var end = advance
    var met: Int?
    for (index, stop) in stops.enumerated() {
      var high = excess(stop, end, piece)
      if high < 0 || (met != nil && high == 0) { continue }
      met = index
      guard let shown else { continue }
      var low = excess(
        stop, shown.terminals, current: current, charge: charge - piece.charge)
      var (a, b) = (0.0, end.duration)
      // Illinois; the upper end always meets the stop. 0.1 ms, or the bound to rounding.
      while b - a > 1e-4, high > 1e-12 {
        tries += 1
        var h = b - high * (b - a) / (high - low)
        if !(h > a + 1e-3 * (b - a) && h < b - 1e-3 * (b - a)) { h = 0.5 * (a + b) }
        let trial = try self.advance(h, piece)
        let value = excess(stop, trial, piece)
        if value >= 0 {
          (b, high, end) = (h, value, trial)
          low *= 0.5
        } else {
          (a, low) = (h, value)
          high *= 0.5
        }
      }
    }
    // The last attempt may have been one that fell short.
    if met != nil { end = try attempt(end.duration, end.passing) }
    return (end, met)
  }

  private func excess(_ stop: StopCondition, _ advance: Advance, _ piece: Piece) -> Double {
    let moved =
      charge - piece.charge + advance.passing.charge(to: 1, duration: advance.duration)
    return excess(stop, advance.terminals, current: advance.passing.end, charge: moved)
  }
}
