import Estimation
public import Prescription
public import Quantities

extension Twin {
  /// The largest charge current for the next `period`, s, that keeps every limit at its start and end.
  ///
  /// Means come from the physics at the filter's mean; sd from its covariance.
  /// - Throws: when nothing was assimilated yet or the filter has no covariance there.
  public func ride(_ limits: ChargeLimits, for period: Double) throws -> ChargeDecision {
    var look = try look(limits)
    return configuration.ride.decide(
      limits, stateOfCharge: look.stateOfCharge, previous: Amperes(look.current), period: period
    ) { look.spread.worst(&look.forecast, current: $0, period: period) }
  }

  /// Where a charge stands: what a decision starts from.
  struct ChargeLook {
    var forecast: CellForecast
    var spread: ChargeSpread
    /// 0..1.
    var stateOfCharge: Double
    /// That flows now, A.
    var current: Double
    /// K.
    var ambient: Double
  }

  func look(_ limits: ChargeLimits) throws -> ChargeLook {
    guard let last = lastInput, let forecast = filter?.forecast(ambient: last.ambient)
    else { throw TwinError("twin: no decision before the first sample") }
    let present = lastAssimilation?.belief.stateOfCharge.mean ?? forecast.now(0)?.stateOfCharge
    guard let present, present.isFinite else {
      throw TwinError("twin: state of charge is \(present ?? .nan)")
    }
    return ChargeLook(
      forecast: forecast,
      spread: try spread(limits, last.ambient),
      stateOfCharge: present, current: last.current, ambient: last.ambient)
  }

  func spread(_ limits: ChargeLimits, _ ambient: Double) throws -> ChargeSpread {
    try ChargeSpread(&filter, ceiling: limits.current.value, ambient: ambient)
  }

  /// How long the charge would still take, s, riding the same limits with today's bands; nil when no
  /// feasible current leads there. For a progress line: by an SPMe, a minute a step, worked out once every
  /// two minutes of the run's time, and counted down in between.
  public func timeLeft(_ limits: ChargeLimits) -> Seconds? {
    guard let now = filter?.time else { return nil }
    if let known = timeLeftKnown, known.limits == limits, now - known.at < 120, now >= known.at {
      return known.left.map { Seconds(max(0, $0.value - (now - known.at))) }
    }
    let left = (try? outlook(limits, step: 60, isExact: false))?.duration.map { Seconds($0) }
    timeLeftKnown = (now, limits, left)
    return left
  }
}
