import Foundation

/// A stretch of a charge in which the true cell was beyond a limit.
struct ChargingViolation: Sendable {
  enum Limit: String, Sendable, CaseIterable {
    case platingMargin = "plating margin"
    case voltage
    case temperature

    /// To the unit in which it is told.
    fileprivate var scale: Double { self == .temperature ? 1 : 1e3 }
    fileprivate var unit: String { self == .temperature ? "K" : "mV" }
  }

  /// Of the worst second.
  struct Instant: Sendable {
    /// s of the charge.
    var time: Int
    /// How far beyond the limit; V or K.
    var excess: Double
    /// True quantity and the twin's after that second; V or K.
    var truth: Double
    var estimate: Double
    var sd: Double
    var stateOfCharge: Double
    /// A.
    var current: Double
    /// What the decision rode.
    var binding: String
  }

  let limit: Limit
  /// s of the charge.
  let first: Int
  private(set) var last: Int
  private(set) var seconds = 1
  private(set) var worst: Instant
  /// Seconds in between that still make one stretch.
  private static let gap = 60

  init(_ limit: Limit, _ instant: Instant) {
    self.limit = limit
    first = instant.time
    last = instant.time
    worst = instant
  }

  /// Takes a later second in; false when it is a stretch of its own.
  mutating func extend(_ limit: Limit, _ instant: Instant) -> Bool {
    guard limit == self.limit, instant.time - last <= Self.gap else { return false }
    last = instant.time
    seconds += 1
    if instant.excess > worst.excess { worst = instant }
    return true
  }

  /// Which limit, when, by how much, and what the twin said then.
  var text: String {
    let (k, unit) = (limit.scale, limit.unit)
    // Of the potential less than the truth is careful, of the others more.
    let wrong =
      limit == .platingMargin ? worst.estimate - worst.truth : worst.truth - worst.estimate
    let zero = limit == .temperature ? 273.15 : 0
    return String(
      format:
        "%@ by %.2f %@ at worst, %d s between minute %.1f and %.1f; at %.1f %% and %.2f A (riding: %@) the "
        + "truth was %.1f %@, the estimate %.1f +- %.1f %@: %.1f %@ optimistic, %.1f sd",
      limit.rawValue, k * worst.excess, unit, seconds, Double(first) / 60, Double(last) / 60,
      100 * worst.stateOfCharge, worst.current, worst.binding, k * (worst.truth - zero), unit,
      k * (worst.estimate - zero), k * worst.sd, unit, k * wrong, unit, wrong / worst.sd)
  }
}
