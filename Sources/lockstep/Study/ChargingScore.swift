import DigitalTwin
import Electrochemistry
import Estimation
import Validation

/// A twin's charge of one cell beside what the true cell would have allowed.
struct ChargingScore: Sendable {
  /// A CC-CV and how it went, second by second.
  struct Rival: Sendable {
    var found: CCCVSearch.Found
    var charge: TrueCharge
    /// s.
    var duration: Double { charge.duration ?? .nan }
  }

  let seed: UInt64
  let trace: ChargingTrace
  /// The fastest CC-CV with the same true lowest margin, and that at 4.2 V.
  private(set) var best: Rival?
  private(set) var fixed: Rival?
  /// The fastest CC-CV that keeps the margin which the twin was told, and no more.
  private(set) var tight: CCCVSearch.Found?
  /// Riding the truth with the twin's back-off; and with its errors, too.
  private(set) var (bound, misled): (TrueCharge?, TrueCharge?)
  /// Of the plant, V.
  let negativeOffset: Double
  /// Other margins, and the fastest CC-CV of each.
  var others: [(trace: ChargingTrace, best: CCCVSearch.Found?)] = []
  /// The same charge decided by a horizon with prices.
  var horizon: ChargingTrace?
  /// Processor time of following, s, and how long was followed, s, before the charge.
  let (spent, followed): (Double, Double)
  /// Of the twin over the whole of it; samples that it could not take in, and what it said of the first.
  let (restarts, faults, failures): (Int, Int, Int)
  let firstFailure: String?

  /// Charges a prepared cell; others beside the study's own margin from copies of the same state.
  static func of(_ prepared: ChargingCase, margins: [Double]) throws -> ChargingScore {
    var item = prepared.copied()
    let trace = try item.charge(margin: ChargingCase.margin)
    var score = ChargingScore(item, trace, prepared)
    guard let cell = prepared.plant.trueCell() else { return score }
    try score.compare(cell)
    score.others = try margins.map { margin in
      var other = prepared.copied()
      let trace = try other.charge(margin: margin)
      return (trace, cell.fastestCCCV(Self.limits(trace), fixed: false))
    }
    if !margins.isEmpty {
      var other = prepared.copied()
      score.horizon = try other.charge(margin: ChargingCase.margin, ChargingCase.horizon)
    }
    return score
  }

  private init(_ item: ChargingCase, _ trace: ChargingTrace, _ prepared: ChargingCase) {
    seed = item.seed
    self.trace = trace
    negativeOffset = item.plant.negativeOffset
    (spent, followed) = (prepared.spent, prepared.followed)
    restarts = item.twin.restarts
    faults = item.twin.filter?.faults.count ?? 0
    (failures, firstFailure) = (item.failures, item.firstFailure)
  }

  /// What a rival keeps to: the twin's own true lowest margin, to the charge at which the twin ended.
  private static func limits(_ trace: ChargingTrace) -> TrueChargeLimits {
    TrueChargeLimits(
      current: 6, voltage: 4.2, temperature: 318.15, potential: trace.truth.lowestPotential,
      stateOfCharge: trace.stateOfCharge)
  }

  private mutating func compare(_ cell: TrueCell) throws {
    let limits = Self.limits(trace)
    func rival(fixed: Bool) throws -> Rival? {
      guard let found = cell.fastestCCCV(limits, fixed: fixed) else { return nil }
      var own = limits
      (own.current, own.voltage) = (found.current, found.voltage)
      own.potential = -.infinity
      return Rival(found: found, charge: try cell.ride(own))
    }
    best = try rival(fixed: false)
    fixed = try rival(fixed: true)
    var own = limits
    own.potential = trace.margin
    tight = cell.fastestCCCV(own, fixed: false)
    bound = try cell.ride(own) { 2 * trace.known($0).sd }
    misled = try cell.ride(own) {
      let known = trace.known($0)
      return 2 * known.sd - known.error
    }
  }

  /// How much sooner than the fastest CC-CV, as a share of that.
  var gain: Double { 1 - Double(trace.seconds) / (best?.duration ?? .nan) }
  /// The same of the CC-CV at the margin that the twin was told.
  var tightGain: Double { 1 - Double(trace.seconds) / (tight?.duration ?? .nan) }
  /// How much slower than riding the truth, as a share of that.
  var slower: Double { Double(trace.seconds) / (bound?.duration ?? .nan) - 1 }
  /// The part of that which is not the estimate's error.
  var deciding: Double { Double(trace.seconds) / (misled?.duration ?? .nan) - 1 }
}
