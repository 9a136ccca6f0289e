import Electrochemistry
import Estimation
import Validation

/// A twin's charge as the true cell saw it.
struct ChargingTrace: Sendable {
  /// What a decision knew of the potential of its second, V.
  struct Decision: Sendable {
    /// True, at the beginning.
    var stateOfCharge: Double
    /// Of the forecast.
    var sd: Double
    /// Forecast less truth, both the lower of beginning and end.
    var error: Double
  }

  /// V.
  let margin: Double
  /// From the first decision until the estimate reached the target, s; `reached` false: given up.
  var seconds = 0
  var reached = false
  /// Lowest potential and highest voltage and temperature, at beginnings and ends of all seconds.
  var truth = TrueCharge()
  /// Seconds that began or ended below the margin.
  var below = 0
  /// Seconds after which the estimate of the potential was more than 5 mV above the truth.
  var optimistic = 0
  /// Largest and mean error of the potential, V, positive is optimistic; and the largest in sd.
  var (highestError, highestScore) = (-Double.infinity, -Double.infinity)
  private var (errors, squares) = (0.0, 0.0)
  /// Of the state of charge, 0..1.
  var stateOfChargeError = 0.0
  /// True, when the twin stopped.
  var stateOfCharge = Double.nan
  /// What each second was decided on.
  var decisions: [Decision] = []
  /// Processor time of each, s.
  var decisionTimes: [Double] = []
  var violations: [ChargingViolation] = []
  /// Seconds in which the twin had no answer; nothing flowed.
  var undecided = 0
  /// Seconds by what they rode.
  var bindings: [String: Int] = [:]
  /// Of the twin after the charge less the plant's, V.
  var negativeOffsetError = Double.nan
  /// Processor time of following and deciding, s.
  var spent = 0.0

  init(margin: Double) { self.margin = margin }

  /// True potential at or above the margin in 99 % of the seconds, and never below 0.
  var isHeld: Bool {
    Double(below) <= 0.01 * Double(seconds) && truth.lowestPotential >= 0
  }
  var optimisticShare: Double { Double(optimistic) / Double(max(1, seconds)) }
  var meanError: Double { errors / Double(max(1, seconds)) }
  var rootError: Double { (squares / Double(max(1, seconds))).squareRoot() }

  /// What decisions knew at a state of charge, linear between them.
  func known(_ stateOfCharge: Double) -> (sd: Double, error: Double) {
    guard let first = decisions.first, let last = decisions.last else { return (0, 0) }
    guard stateOfCharge > first.stateOfCharge else { return (first.sd, first.error) }
    guard let end = decisions.firstIndex(where: { $0.stateOfCharge >= stateOfCharge }) else {
      return (last.sd, last.error)
    }
    let (a, b) = (decisions[end - 1], decisions[end])
    let share = (stateOfCharge - a.stateOfCharge) / (b.stateOfCharge - a.stateOfCharge)
    return (a.sd + share * (b.sd - a.sd), a.error + share * (b.error - a.error))
  }

  /// Compares a belief with the truth after a second.
  mutating func compare(_ belief: CellBelief, _ truth: CellOutputs) {
    let potential = belief.negativePotentialAtSeparator
    let error = potential.mean - truth.negativePotentialAtSeparator
    errors += error
    squares += error * error
    highestError = max(highestError, error)
    highestScore = max(highestScore, error / potential.sd)
    if error > 5e-3 { optimistic += 1 }
    stateOfChargeError = max(
      stateOfChargeError, abs(belief.stateOfCharge.mean - truth.stateOfCharge))
  }

  /// Notes a second in which a limit was broken.
  mutating func note(_ limit: ChargingViolation.Limit, _ instant: ChargingViolation.Instant) {
    for index in violations.indices.reversed() where violations[index].extend(limit, instant) {
      return
    }
    violations.append(ChargingViolation(limit, instant))
  }
}
