/// A closed interval that a quantity must stay in: `operate` is what policies and `admit` keep to,
/// `trip` is what `judge` trips on. `trip` contains `operate`.
public struct LimitBand: Sendable, Hashable {
  /// Lowest value that may be asked for.
  public var operateLow: Double
  /// Highest value that may be asked for.
  public var operateHigh: Double
  /// Below this the bench trips.
  public var tripLow: Double
  /// Above this the bench trips.
  public var tripHigh: Double

  /// Nil when the numbers are not finite or not ordered trip <= operate <= operate <= trip.
  public init?(
    operate: (low: Double, high: Double), trip: (low: Double, high: Double)
  ) {
    let ordered = [trip.low, operate.low, operate.high, trip.high]
    guard ordered.allSatisfy(\.isFinite), zip(ordered, ordered.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    operateLow = operate.low
    operateHigh = operate.high
    tripLow = trip.low
    tripHigh = trip.high
  }

  /// Whether every bound of `self` is at least as tight as that of `outer`.
  public func nests(in outer: LimitBand) -> Bool {
    operateLow >= outer.operateLow && operateHigh <= outer.operateHigh
      && tripLow >= outer.tripLow && tripHigh <= outer.tripHigh
  }

  /// The tighter of each pair of bounds.
  public func tightened(by other: LimitBand) -> LimitBand {
    var result = self
    result.operateLow = max(operateLow, other.operateLow)
    result.operateHigh = min(operateHigh, other.operateHigh)
    result.tripLow = max(tripLow, other.tripLow)
    result.tripHigh = min(tripHigh, other.tripHigh)
    return result
  }
}
