import Estimation
public import Prescription
import Quantities

extension Twin {
  /// What `policy` asks for in the next `period`, s. Every answer keeps the limits over that period: a horizon's
  /// first current is cut to the ride's, which is the largest that does.
  ///
  /// - Throws: when nothing was assimilated yet, the filter has no covariance there, or for a `cccv` whose
  ///   current or voltage is open (`ConstantVoltageTuning` finds them).
  public func decide(
    _ policy: ChargePolicy, _ limits: ChargeLimits, for period: Double
  ) throws -> ChargeDecision {
    switch policy {
    case .ride:
      return try ride(limits, for: period)
    case .cccv(let current?, let voltage?):
      let plain = limits.cccv(
        current: current.value, voltage: min(voltage.value, limits.voltage.value))
      return try ride(plain, for: period)
    case .cccv:
      throw TwinError("cccv: current and voltage are wanted")
    case .mpc(let horizon):
      return try decide(horizon, limits, for: period)
    }
  }

  private func decide(
    _ policy: PredictiveCharge, _ limits: ChargeLimits, for period: Double
  ) throws -> ChargeDecision {
    let most = try ride(limits, for: period)
    guard most.binding != .target, most.current > .zero, let filter else {
      horizonPlan = nil
      return most
    }
    let look = try look(limits)
    guard let value = costToGo(limits, policy.cost),
      let slopes = filter.horizonSlopes(ambient: look.ambient)
    else { return most }
    var policy = policy
    policy.horizon = min(policy.horizon, max(value.total, 8 * period))
    let durations = policy.durations(period: period)
    let ceiling = limits.current.value
    func play(_ currents: [Double]) -> HorizonForecast? {
      look.forecast.horizon(currents, durations, slopes: slopes).map {
        HorizonForecast($0, currents, look.spread)
      }
    }
    let start =
      horizonPlan.flatMap { $0.limits == limits ? $0.currents : nil }
      ?? Array(repeating: most.current.value, count: durations.count)
    guard
      let plan = policy.plan(
        from: start, limits: limits, ceiling: ceiling, durations: durations, value: value,
        play: play)
    else { return most }
    horizonPlan = (limits, plan.currents)
    return chosen(plan, most, look, period) { currents in
      play(currents).map { policy.cost($0, durations, value) }
    }
  }

  /// The plan's first current, cut to the ride's; the ride's own where the model finds that no dearer.
  private func chosen(
    _ plan: PredictiveCharge.Plan, _ most: ChargeDecision, _ look: ChargeLook, _ period: Double,
    cost: ([Double]) -> Double?
  ) -> ChargeDecision {
    var decision = most
    decision.evaluations += 4
    let first = min(plan.currents[0], most.current.value)
    func costs(_ current: Double) -> Double? { cost([current] + plan.currents.dropFirst()) }
    guard let own = costs(first), let riding = costs(most.current.value) else { return most }
    let ridesOn = riding <= own || first > most.current.value - configuration.ride.tolerance
    if !ridesOn {
      var forecast = look.forecast
      decision.current = Amperes(first)
      decision.forecast = look.spread.worst(&forecast, current: first, period: period)
      decision.binding = .cost
      decision.alternatives.append(
        .init(name: "ride", current: most.current.value, extraCost: riding - own))
    }
    if let resting = costs(0) {
      decision.alternatives.append(
        .init(name: "rest", current: 0, extraCost: resting - (ridesOn ? riding : own)))
    }
    return decision
  }

  /// The cost of riding on, and its slopes by charge and temperature, by two outlooks of an SPMe; every two
  /// minutes of the run's time.
  func costToGo(_ limits: ChargeLimits, _ cost: ChargeCost) -> CostToGo? {
    guard let now = filter?.time else { return nil }
    if let known = costKnown, known.limits == limits, known.cost == cost, now >= known.at,
      now - known.at < 120
    {
      return known.value
    }
    guard let base = try? outlook(limits, step: 60, isExact: false),
      let total = base.cost(cost), !base.instants.isEmpty
    else { return nil }
    let warm = try? outlook(limits, step: 60, isExact: false, warmer: 1)
    // What a unit of charge costs on the ride, mean over its coming tenth.
    let part = base.instants[base.instants.count / 10]
    let span = max(part.stateOfCharge - base.stateOfCharge, 1e-6)
    let rate = cost.rate(
      temperature: part.worst.temperature, potential: part.worst.negativePotential)
    let value = CostToGo(
      total: total, perCharge: rate * (part.time + 60) / span,
      perKelvin: warm?.cost(cost).map { $0 - total } ?? 0)
    costKnown = (now, limits, cost, value)
    return value
  }
}

extension HorizonForecast {
  /// The worst of both ends of each interval, and that end's slopes.
  init(_ horizon: CellForecast.Horizon, _ currents: [Double], _ spread: ChargeSpread) {
    let n = currents.count
    var worst: [ChargeForecast] = []
    var (voltages, temperatures, potentials) = ([Double](), [Double](), [Double]())
    for i in 0..<n {
      let (start, end) = horizon.instants[i]
      worst.append(spread.worst(start, end, current: currents[i]))
      voltages +=
        start.voltage > end.voltage
        ? horizon.voltageSlopes[i].start : horizon.voltageSlopes[i].end
      potentials +=
        start.negativePotentialAtSeparator < end.negativePotentialAtSeparator
        ? horizon.potentialSlopes[i].start : horizon.potentialSlopes[i].end
      temperatures += horizon.temperatureSlopes[i]
    }
    let last = horizon.instants[n - 1].end
    self.init(
      instants: worst, stateOfCharge: last.stateOfCharge,
      temperature: last.temperature - 273.15, voltageSlopes: voltages,
      temperatureSlopes: temperatures, potentialSlopes: potentials,
      chargeSlopes: horizon.chargeSlopes[n - 1],
      finalTemperatureSlopes: horizon.temperatureSlopes[n - 1])
  }
}
