// Ranked goals: 1. Never a current whose forecast breaks a bound. 2. Bounded work. 3. The largest current.
// Voltage and temperature rise and the separator potential falls with current, so that the largest
// feasible current is where the first bound becomes active; for monotone systems riding it is the
// minimum-time charge (Drummond et al., arXiv 2301.07461 and 2312.08829).

public import Quantities

/// Chooses the largest current that keeps every bound at the start and at the end of one control period.
public struct ConstraintRide: Sendable {
  /// Upper bound on forecasts per decision.
  public var maximumEvaluations: Int
  /// The current is found to this, from below, A.
  public var tolerance: Double

  /// A selector.
  public init(maximumEvaluations: Int = 20, tolerance: Double = 1e-3) {
    self.maximumEvaluations = maximumEvaluations
    self.tolerance = tolerance
  }

  /// Decides.
  /// - Parameters:
  ///   - stateOfCharge: present estimate of the state of charge.
  ///   - previous: current of the present period, for the rise limit.
  ///   - period: s.
  ///   - forecast: what a current would do; nil where the model has no answer (treated as broken).
  public func decide(
    _ limits: ChargeLimits, stateOfCharge: Double, previous: Amperes, period: Double,
    forecast: (Double) -> ChargeForecast?
  ) -> ChargeDecision {
    guard stateOfCharge < limits.targetStateOfCharge.value else {
      return ChargeDecision(current: .zero, binding: .target, forecast: nil, evaluations: 0)
    }
    let risen = max(0, previous.value) + limits.riseRate * period
    let ceiling = min(limits.current.value, risen)
    let capped: ChargeDecision.Binding = risen < limits.current.value ? .riseRate : .current
    guard ceiling > 0 else {
      return ChargeDecision(current: .zero, binding: .infeasible, forecast: nil, evaluations: 0)
    }

    var best: (current: Double, forecast: ChargeForecast, slack: Double)?
    var broken = (current: ceiling, slack: -1.0, binding: ChargeDecision.Binding.infeasible)
    var evaluations = 0
    /// Evaluates a candidate and moves one end of the bracket; true when it is feasible.
    func probe(_ current: Double) -> Bool {
      evaluations += 1
      guard let expected = forecast(current) else {
        broken = (current, -1, .infeasible)
        return false
      }
      let slack = limits.slack(expected)
      guard slack.value >= 0 else {
        broken = (current, max(slack.value, -1e6), slack.binding)
        return false
      }
      best = (current, expected, slack.value)
      return true
    }

    if probe(ceiling), let best {
      return ChargeDecision(
        current: Amperes(ceiling), binding: capped, forecast: best.forecast,
        evaluations: evaluations)
    }
    guard probe(0) else {
      return ChargeDecision(
        current: .zero, binding: .infeasible, forecast: nil, evaluations: evaluations)
    }
    // Illinois: the secant through the bracket's ends, whose kept end is halved when it is kept twice
    // so that it moves; a bisection whenever a step fails to halve the bracket in two tries.
    var keptFeasible = 0
    var keptBroken = 0
    while let low = best, evaluations < maximumEvaluations,
      broken.current - low.current > tolerance
    {
      let width = broken.current - low.current
      let lowSlack = low.slack / Double(1 << min(keptFeasible, 8))
      let highSlack = broken.slack / Double(1 << min(keptBroken, 8))
      var candidate =
        low.current + width * lowSlack / max(lowSlack - highSlack, .leastNormalMagnitude)
      if keptFeasible > 2 || keptBroken > 2 || !candidate.isFinite {
        candidate = low.current + 0.5 * width
      }
      // Stay inside, half a tolerance off both ends, so that each probe closes the bracket.
      candidate = min(
        max(candidate, low.current + 0.5 * tolerance), broken.current - 0.5 * tolerance)
      if probe(candidate) {
        keptBroken += 1
        keptFeasible = 0
      } else {
        keptFeasible += 1
        keptBroken = 0
      }
    }
    guard let best else {
      return ChargeDecision(
        current: .zero, binding: .infeasible, forecast: nil, evaluations: evaluations)
    }
    return ChargeDecision(
      current: Amperes(best.current), binding: broken.binding, forecast: best.forecast,
      evaluations: evaluations)
  }
}
