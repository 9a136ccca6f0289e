public import Prescription

/// A charge played forward on the twin's mean, with today's bands: what a policy would do and where it ends.
public struct ChargeOutlook: Sendable {
  /// One step of it.
  public struct Instant: Sendable, Hashable {
    /// Since now, at the step's start, s.
    public var time: Double
    /// A, constant over the step.
    public var current: Double
    /// The worst within the step.
    public var worst: ChargeForecast
    /// At the step's end, 0..1.
    public var stateOfCharge: Double
    /// At the step's end, degC.
    public var temperature: Double
  }

  /// Where it begins, 0..1.
  public internal(set) var stateOfCharge: Double
  /// In order.
  public internal(set) var instants: [Instant] = []
  /// How long it takes, s; nil when the target is not reached.
  public internal(set) var duration: Double?

  /// s, by the weights of `cost`; nil when the target is not reached.
  public func cost(_ cost: ChargeCost) -> Double? {
    guard let duration else { return nil }
    var sum = 0.0
    for (index, instant) in instants.enumerated() {
      let end = index + 1 < instants.count ? instants[index + 1].time : duration
      sum +=
        (end - instant.time)
        * cost.rate(
          temperature: instant.worst.temperature, potential: instant.worst.negativePotential)
    }
    return sum
  }
}
