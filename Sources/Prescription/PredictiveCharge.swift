// Ranked goals: 1. an admissible answer, always and in bounded time; 2. the least expected cost; 3. the same
// answer as riding when only time counts. The rest of the charge is paid by `CostToGo`; constraints are on means
// less `confidence` sd. A few linearisations (sequential quadratic programming with a small trust region instead of
// second derivatives: the cost of a charge is nearly linear in its currents, and its optimum sits on bounds).

import Quantities

/// Receding-horizon charge: the currents of eight intervals that cost least.
public struct PredictiveCharge: Sendable, Hashable {
  /// What counts.
  public var cost: ChargeCost
  /// Length of the horizon, s.
  public var horizon: Double
  /// Linearisations in one decision.
  public var iterations: Int

  /// Intervals of a horizon.
  public static let intervals = 8

  /// A policy.
  public init(cost: ChargeCost = ChargeCost(), horizon: Double = 300, iterations: Int = 3) {
    self.cost = cost
    self.horizon = horizon
    self.iterations = iterations
  }

  /// The currents found, and what they cost more than the ride.
  public struct Plan: Sendable, Hashable {
    /// A, one for each interval.
    public var currents: [Double]
    /// The horizon's cost and what comes after it, less what is the same for all plans, s.
    public var cost: Double
  }

  /// Lengths of the intervals, s: the first is the control period, the others grow like a geometric series
  /// up to the horizon.
  public func durations(period: Double) -> [Double] {
    let rest = max(horizon - period, period * 7)
    let weights = (1...7).map { Double($0) }
    return [period] + weights.map { rest * $0 / 28 }
  }

  /// Improves `first` for the model behind `play`.
  ///
  /// - Parameters:
  ///   - first: where to begin, A: the plan of the period before.
  ///   - ceiling: largest current, A.
  ///   - durations: s.
  ///   - value: what comes after the horizon.
  ///   - play: what currents do; nil where the model has no answer.
  /// - Returns: nil when the model has no answer at `first`, nor at half of it.
  public func plan(
    from first: [Double], limits: ChargeLimits, ceiling: Double, durations: [Double],
    value: CostToGo, play: ([Double]) -> HorizonForecast?
  ) -> Plan? {
    var currents = first.map { min(max(0, $0), ceiling) }
    var forecast = play(currents)
    if forecast == nil {
      currents = currents.map { 0.5 * $0 }
      forecast = play(currents)
    }
    guard var known = forecast else { return nil }
    var radius = 0.5 * ceiling
    for _ in 0..<iterations {
      let step = step(known, currents, limits, ceiling, durations, value, radius)
      let trial = zip(currents, step).map { min(max(0, $0 + $1), ceiling) }
      guard let next = play(trial) else {
        radius *= 0.25
        continue
      }
      (currents, known) = (trial, next)
      radius *= 0.5
    }
    return Plan(currents: currents, cost: cost(known, durations, value))
  }

  /// s, but for what is the same for all plans.
  public func cost(
    _ forecast: HorizonForecast, _ durations: [Double], _ value: CostToGo
  ) -> Double {
    zip(forecast.instants, durations).reduce(0) { sum, part in
      sum + part.1
        * cost.rate(temperature: part.0.temperature, potential: part.0.negativePotential)
    } - value.perCharge * forecast.stateOfCharge + value.perKelvin * forecast.temperature
  }

  private func step(
    _ f: HorizonForecast, _ currents: [Double], _ limits: ChargeLimits, _ ceiling: Double,
    _ durations: [Double], _ value: CostToGo, _ radius: Double
  ) -> [Double] {
    let n = currents.count
    var gradient = (0..<n).map {
      -value.perCharge * f.chargeSlopes[$0] + value.perKelvin * f.finalTemperatureSlopes[$0]
    }
    for (i, instant) in f.instants.enumerated() {
      let slope = cost.slopes(
        temperature: instant.temperature, potential: instant.negativePotential)
      for j in 0...i {
        gradient[j] +=
          durations[i]
          * (slope.temperature * f.temperatureSlopes[i * n + j]
            + slope.potential * f.potentialSlopes[i * n + j])
      }
    }
    // Each current moves by the trust region's size where nothing but the gradient speaks, however short its
    // interval.
    let steepest = max(gradient.map(abs).max() ?? 0, 1e-9)
    var problem = RowActionQP(
      gradient: gradient, curvatures: gradient.map { max(abs($0), 1e-6 * steepest) / radius })
    let k = limits.confidence
    // In multiples of 10 mV and 1 K, so that no row dwarfs another.
    for (i, y) in f.instants.enumerated() {
      let row = i * n..<(i + 1) * n
      problem.require(
        f.voltageSlopes[row].map { -$0 / 0.01 }[...],
        atLeast: -(limits.voltage.value - y.voltage - k * y.voltageSD) / 0.01)
      problem.require(
        f.temperatureSlopes[row].map { -$0 }[...],
        atLeast: -(limits.temperature.value - y.temperature - k * y.temperatureSD))
      problem.require(
        f.potentialSlopes[row].map { $0 / 0.01 }[...],
        atLeast: -(y.negativePotential - k * y.negativePotentialSD - limits.platingMargin.value)
          / 0.01)
      var box = Array(repeating: 0.0, count: n)
      box[i] = 1
      problem.require(box[...], atLeast: max(-currents[i], -2 * radius))
      box[i] = -1
      problem.require(box[...], atLeast: -min(ceiling - currents[i], 2 * radius))
    }
    return problem.solve()
  }
}
