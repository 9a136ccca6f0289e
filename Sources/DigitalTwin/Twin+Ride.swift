import Estimation
public import Prescription
public import Quantities

extension Twin {
  /// The largest charge current for the next `period`, s, that keeps every limit at its start and end.
  ///
  /// Means come from the physics at the filter's mean; sd from its covariance, linearised at three
  /// currents: the slopes of an output are nearly linear in the current, its variance a parabola.
  /// - Throws: when nothing was assimilated yet or the filter has no covariance there.
  public func ride(_ limits: RideLimits, for period: Double) throws -> RideDecision {
    guard var forecast = filter?.forecast(ambient: lastInput?.ambient ?? .nan), let last = lastInput
    else { throw TwinError("twin: no decision before the first sample") }
    let spread = try spread(limits, ambient: last.ambient)
    let now = forecast.now(0)
    let present = lastAssimilation?.belief.stateOfCharge.mean ?? now?.stateOfCharge ?? .nan
    guard present.isFinite else { throw TwinError("twin: state of charge is \(present)") }
    return configuration.ride.decide(
      limits, stateOfCharge: present, previous: Amperes(last.current), period: period
    ) { current in
      Self.worst(&forecast, current: current, period: period, spread)
    }
  }

  /// How long the charge would still take, s, riding the same limits with today's bands; nil when no
  /// feasible current leads there. Coarse (half a minute a step): for a progress line. Worked out once a
  /// minute of the run's time, and counted down in between.
  public func timeLeft(_ limits: RideLimits) -> Seconds? {
    guard let now = filter?.time else { return nil }
    if let known = timeLeftKnown, known.limits == limits, now - known.at < 60, now >= known.at {
      return known.left.map { Seconds(max(0, $0.value - (now - known.at))) }
    }
    let left = simulatedTimeLeft(limits)
    timeLeftKnown = (now, limits, left)
    return left
  }

  private func simulatedTimeLeft(_ limits: RideLimits) -> Seconds? {
    guard let last = lastInput, var forecast = filter?.outlook(ambient: last.ambient),
      let spread = try? spread(limits, ambient: last.ambient)
    else { return nil }
    let step = 30.0
    let ride = ConstraintRide(maximumEvaluations: 12, tolerance: 0.02)
    var elapsed = 0.0
    var current = last.current
    while elapsed < 86_400 {
      guard let soc = forecast.now(0)?.stateOfCharge else { return nil }
      let missing = limits.targetStateOfCharge.value - soc
      guard missing > 0 else { return Seconds(elapsed) }
      let decision = ride.decide(
        limits, stateOfCharge: soc, previous: Amperes(current), period: step
      ) { Self.worst(&forecast, current: $0, period: step, spread) }
      current = decision.current.value
      guard current > 1e-3, forecast.move(step, current),
        let after = forecast.now(0)?.stateOfCharge, after > soc
      else { return nil }
      elapsed += step * min(1, missing / (after - soc))
    }
    return nil
  }

  private struct Spreads {
    var voltage: VarianceParabola
    var temperature: Double
    var potential: VarianceParabola
  }

  private func spread(_ limits: RideLimits, ambient: Double) throws -> Spreads {
    // A ceiling can lie outside the model's range near the end of a charge: then look lower.
    var high = limits.current.value
    var top: CellBelief?
    while top == nil {
      do {
        top = try filter?.belief(CellInput(current: high, ambient: ambient))
      } catch {
        high *= 0.5
        guard high > limits.current.value / 50 else { throw error }
      }
      guard filter != nil else { throw TwinError("twin: no filter") }
    }
    guard let top, let middle = try filter?.belief(CellInput(current: high / 2, ambient: ambient)),
      let rest = try filter?.belief(CellInput(current: 0, ambient: ambient))
    else { throw TwinError("twin: no filter") }
    return Spreads(
      voltage: VarianceParabola(
        high, rest.voltage.sd, middle.voltage.sd, top.voltage.sd),
      temperature: top.temperature.sd,
      potential: VarianceParabola(
        high, rest.negativePotentialAtSeparator.sd, middle.negativePotentialAtSeparator.sd,
        top.negativePotentialAtSeparator.sd))
  }

  private static func worst(
    _ forecast: inout CellForecast, current: Double, period: Double, _ spread: Spreads
  ) -> RideForecast? {
    guard let start = forecast.now(current), let end = forecast.after(period, current) else {
      return nil
    }
    return RideForecast(
      voltage: max(start.voltage, end.voltage), voltageSD: spread.voltage.sd(current),
      temperature: max(start.temperature, end.temperature) - 273.15,
      temperatureSD: spread.temperature,
      negativePotential: min(
        start.negativePotentialAtSeparator, end.negativePotentialAtSeparator),
      negativePotentialSD: spread.potential.sd(current))
  }
}
