import Estimation
import Prescription
import Quantities

// A ride looks a period ahead with the bands of its start. Where readings keep the bands that is enough; on paper they
// grow on the way, and a step that fits them leaves the next one nothing.

extension ChargeRehearsal {
  /// Whether a current may have to be made less: not a fixed charge's, which is looked at as it is, not where readings
  /// keep the bands, and not far from the limit of temperature.
  func isEased(_ decision: ChargeDecision) -> Bool {
    if case .cccv = prescription.policy { return false }
    guard sight == .blind, let worst = decision.forecast else { return false }
    let top = worst.temperature + limits.confidence * worst.temperatureSD
    return limits.temperature.value - top < Self.nearness
  }

  /// Whether no current at all would keep the limits from here. Bands that nobody's readings keep grow while a step
  /// lasts: a hot cell at its limit by the bands of the step's start is past it by those of its end, and no current
  /// could follow.
  func canRest(_ limits: ChargeLimits) throws -> Bool {
    let look = try twin.look(limits)
    guard let rest = look.forecast.now(0) else { return false }
    return limits.isKept(by: look.spread.worst(rest, rest, current: 0))
  }

  /// The step again with the largest current that leaves a rest possible, by bisection; nil: a rest does not either,
  /// or has not helped for an hour.
  func eased(
    _ taken: ChargePrescription.Step, from before: TwinState
  ) throws -> ChargePrescription.Step? {
    var tight = limits
    // What the bisection leaves must be enough for the next decision, which asks for all of it.
    tight.temperature = Celsius(tight.temperature.value - 0.01)
    var cool = tight
    cool.temperature = Celsius(1000)
    let binding = try canRest(cool) ? .temperature : taken.binding
    func isPossible(_ current: Double) throws -> Bool {
      try before.restore(twin)
      return try go(current, binding, twin.look(limits)) != nil && canRest(tight)
    }
    guard try isPossible(0), !hasRestedLong else { return nil }
    var (low, high) = (0.0, taken.current)
    for _ in 0..<Self.easings {
      let middle = 0.5 * (low + high)
      if try isPossible(middle) { low = middle } else { high = middle }
    }
    try before.restore(twin)
    return try go(low, binding, twin.look(limits))
  }

  private var hasRestedLong: Bool {
    let rests = prescription.steps.reversed().prefix { $0.current == 0 }
    return rests.reduce(0) { $0 + $1.duration } > 3600
  }

  /// More than a band grows by in one step, K.
  private static let nearness = 10.0
  /// Halvings of a current: to a sixtieth.
  private static let easings = 6
}

/// What a twin believes, to come back to.
struct TwinState {
  private let filter: CellFilter?
  private let input: CellInput?
  private let assimilation: Assimilation?

  init(_ twin: Twin) throws {
    (filter, input, assimilation) = (
      try twin.filter?.detached(), twin.lastInput, twin.lastAssimilation
    )
  }

  func restore(_ twin: Twin) throws {
    (twin.filter, twin.lastInput) = (try filter?.detached(), input)
    twin.lastAssimilation = assimilation
  }
}
