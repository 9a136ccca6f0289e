import Estimation
public import Prescription
public import Quantities

extension Twin {
  /// Rides `limits` forward from the present mean.
  ///
  /// - Parameters:
  ///   - step: s; every bound is looked at at both ends of each step.
  ///   - isExact: by the filter's own model; else by an SPMe from a rested state, which takes a tenth of the
  ///     time and is some millivolts pessimistic.
  ///   - bands: by state of charge, of a `ChargeRehearsal`; nil: today's hold throughout.
  ///   - warmer: added to the cell's temperature, K.
  ///   - ambient: of the air; nil: as it is.
  ///   - giveUp: true when the step before was reason to stop.
  /// - Throws: when nothing was assimilated yet or the filter has no covariance there.
  public func outlook(
    _ limits: ChargeLimits, step: Double, isExact: Bool = true, bands: ChargeBands? = nil,
    warmer: Double = 0, ambient: Celsius? = nil,
    giveUp: (ChargeOutlook.Instant) -> Bool = { _ in false }
  ) throws -> ChargeOutlook {
    guard let last = lastInput else {
      throw TwinError("twin: no outlook before the first sample")
    }
    let air = ambient.map { $0.value + 273.15 } ?? last.ambient
    let bands = try bands ?? ChargeBands(spread(limits, air))
    let found =
      try isExact
      ? filter?.detachedForecast(ambient: air) : filter?.outlook(ambient: air)
    guard var forecast = found else { throw TwinError("twin: no filter") }
    forecast.warm(by: warmer)
    return Self.play(
      limits, &forecast, bands, from: last.current, step: step, giveUp: giveUp)
  }

  static func play(
    _ limits: ChargeLimits, _ forecast: inout CellForecast, _ bands: ChargeBands,
    from present: Double, step: Double, giveUp: (ChargeOutlook.Instant) -> Bool
  ) -> ChargeOutlook {
    let ride = ConstraintRide(maximumEvaluations: 12, tolerance: 0.01)
    var outlook = ChargeOutlook(stateOfCharge: forecast.now(0)?.stateOfCharge ?? .nan)
    var (elapsed, current) = (0.0, present)
    while elapsed < Self.longestCharge {
      guard let soc = forecast.now(0)?.stateOfCharge else { return outlook }
      let missing = limits.targetStateOfCharge.value - soc
      guard missing > 0 else {
        outlook.duration = elapsed
        return outlook
      }
      let decision = ride.decide(
        limits, stateOfCharge: soc, previous: Amperes(current), period: step
      ) { bands.at(soc).worst(&forecast, current: $0, period: step) }
      current = decision.current.value
      guard current > 1e-3, let worst = decision.forecast, forecast.move(step, current),
        let after = forecast.now(0), after.stateOfCharge > soc
      else { return outlook }
      let instant = ChargeOutlook.Instant(
        time: elapsed, current: current, worst: worst, stateOfCharge: after.stateOfCharge,
        temperature: after.temperature - 273.15)
      outlook.instants.append(instant)
      if giveUp(instant) { return outlook }
      elapsed += step * min(1, missing / (after.stateOfCharge - soc))
    }
    return outlook
  }
}
