import Electrochemistry
import Estimation
public import Prescription
public import Quantities

// Goals, in order: 1. what is written down is what was looked at: a current that stands for a whole step keeps its
// bounds at the step's start and end; 2. the bands are the filter's own on the way, not today's: at the charge's
// start the potential may be ten times as uncertain as in its middle; 3. one policy code for bench and paper;
// 4. work in slices that fit a control period.

/// A charge gone through by a copy of the twin: each decision as on the bench, with what the filter would then
/// know.
public struct ChargeRehearsal {
  /// What the copy gets to see.
  public enum Sight: Sendable, Hashable {
    /// Nothing: of a charge that is fixed beforehand.
    case blind
    /// Readings that say what it expects, once a step: of a closed loop.
    case measured
  }

  /// As far as it has come.
  public private(set) var prescription: ChargePrescription
  let twin: Twin
  let limits: ChargeLimits
  private let step: Double
  let sight: Sight
  private let start: Double
  private let course: AmbientCourse?
  private var time = 0.0

  /// - Parameters:
  ///   - step: how long a current stands, s.
  ///   - course: of the air from now on; nil: as it is.
  init(
    _ twin: Twin, _ policy: ChargePolicy, _ limits: ChargeLimits, step: Double, sight: Sight,
    course: AmbientCourse?
  ) throws {
    self.course = course
    self.twin = Twin(cell: twin.cell, configuration: twin.configuration)
    try TwinState(twin).restore(self.twin)
    guard let now = twin.filter?.time else { throw TwinError("twin: nothing to rehearse from") }
    (self.limits, self.step, self.sight, start) = (limits, step, sight, now)
    prescription = ChargePrescription(policy: policy)
  }

  /// One step; false when the target is reached or nothing leads there.
  public mutating func work() throws -> Bool {
    guard time < Twin.longestCharge else { return false }
    // As it is in the step's middle: held for a whole one.
    if let course { twin.lastInput?.ambient = course.at(time + 0.5 * step) }
    let look = try twin.look(limits)
    if prescription.bands == nil {
      prescription.bands = ChargeBands(look.spread)
    } else {
      prescription.bands?.add(look.spread, at: look.stateOfCharge)
    }
    guard look.stateOfCharge < limits.targetStateOfCharge.value else {
      prescription.duration = time
      return false
    }
    let decision = try twin.decide(prescription.policy, limits, for: step)
    guard decision.current > .zero else { return false }
    let before = try isEased(decision) ? TwinState(twin) : nil
    guard var taken = try go(decision.current.value, decision.binding, look) else {
      return false
    }
    if let before, taken.duration == step, try !canRest(limits) {
      guard let less = try eased(taken, from: before) else { return false }
      taken = less
    }
    prescription.steps.append(taken)
    time += taken.duration
    guard taken.duration < step else { return true }
    prescription.duration = time
    return false
  }

  /// One step under a current, A, or the share of it that reaches the target; nil where the model has no answer.
  ///
  /// - Parameter look: at the step's start.
  func go(
    _ current: Double, _ binding: ChargeDecision.Binding, _ look: Twin.ChargeLook
  ) throws -> ChargePrescription.Step? {
    var forecast = look.forecast
    guard let now = forecast.now(current), let after = forecast.after(step, current) else {
      return nil
    }
    let missing = limits.targetStateOfCharge.value - look.stateOfCharge
    let share = min(1, missing / max(after.stateOfCharge - now.stateOfCharge, 1e-12))
    guard let worst = look.spread.worst(&forecast, current: current, period: share * step),
      let end = forecast.after(share * step, current)
    else { return nil }
    let belief = try twin.pass(
      start + time + share * step, under: current, ambient: look.ambient,
      seen: sight == .measured ? end : nil)
    return ChargePrescription.Step(
      time: time, duration: share * step, current: current, binding: binding, worst: worst,
      belief: belief)
  }
}

extension Twin {
  /// Longest that may be rehearsed or looked at, s.
  public static let longestCharge = 86_400.0

  /// A rehearsal from here; `work` until it says false.
  /// - Throws: when nothing was assimilated yet.
  public func rehearsal(
    _ policy: ChargePolicy, _ limits: ChargeLimits, step: Double, sight: ChargeRehearsal.Sight,
    course: AmbientCourse? = nil
  ) throws -> ChargeRehearsal {
    try ChargeRehearsal(self, policy, limits, step: step, sight: sight, course: course)
  }

  /// Begins with a rested cell that nobody has measured, at time 0.
  ///
  /// - Parameters:
  ///   - temperature: of the cell, K.
  ///   - ambient: K.
  public func rest(temperature: Double, ambient: Double) throws {
    filter = try CellFilter(
      cell: cell, configuration: configuration.estimator, temperature: temperature,
      thermometers: 0)
    try pass(0, under: 0, ambient: ambient, seen: nil)
  }

  /// Time passes under a current, A, unmeasured or with readings that say what is expected.
  @discardableResult
  func pass(
    _ time: Double, under current: Double, ambient: Double, seen: CellForecast.Instant?
  ) throws -> CellBelief {
    let input = CellInput(current: current, ambient: ambient)
    lastInput = input
    let result = try filter?.assimilate(
      input, at: time, voltage: seen?.voltage ?? .nan,
      thermometers: { _ in seen?.temperature ?? .nan })
    guard let result else { throw TwinError("twin: no filter") }
    lastAssimilation = result
    return result.belief
  }

  /// How long a charge takes when everything is two sd better than believed, and worse, s; nil where one side
  /// does not get there.
  ///
  /// - Parameters:
  ///   - duration: as it is believed; the band keeps its distance from it.
  ///   - ambient: of the air throughout; nil: as it is.
  public func durationBand(
    _ policy: ChargePolicy, _ limits: ChargeLimits, bands: ChargeBands?, about duration: Double?,
    ambient: Celsius? = nil
  ) throws -> (low: Double?, high: Double?) {
    var shifted = limits
    if case .cccv(let current?, let voltage?) = policy {
      shifted = limits.cccv(
        current: current.value, voltage: min(voltage.value, limits.voltage.value))
    }
    let confidence = shifted.confidence
    func outlook(_ shift: Double) throws -> Double? {
      shifted.confidence = confidence + shift
      return try self.outlook(shifted, step: 120, bands: bands, ambient: ambient).duration
    }
    guard let duration, let middle = try outlook(0) else { return (nil, nil) }
    return (
      try outlook(-2).map { duration * $0 / middle }, try outlook(2).map { duration * $0 / middle }
    )
  }

  /// The whole of a charge at once, for a cell that is not at hand.
  ///
  /// - Parameters:
  ///   - step: how long a current stands, s.
  /// - Throws: when nothing was assimilated yet or the model cannot go on.
  public func prescribe(
    _ policy: ChargePolicy, _ limits: ChargeLimits, step: Double
  ) throws -> ChargePrescription {
    var chosen = policy
    if case .cccv(nil, _) = policy {
      var blind = try rehearsal(.ride, limits, step: step, sight: .blind)
      while try blind.work() {}
      guard let bands = blind.prescription.bands else {
        throw TwinError("twin: nothing to tune on")
      }
      var search = try tuning(limits, bands: bands)
      while search.work() {}
      guard let best = search.best else { return ChargePrescription(policy: policy) }
      chosen = .cccv(current: Amperes(best.current), voltage: Volts(best.voltage))
    }
    var rehearsal = try rehearsal(chosen, limits, step: step, sight: .blind)
    while try rehearsal.work() {}
    var prescription = rehearsal.prescription
    prescription.durationBand = try durationBand(
      chosen, limits, bands: prescription.bands, about: prescription.duration)
    return prescription
  }
}
