/// A current over time, linear between points.
public struct CurrentProfile: Sendable, Hashable {
  /// s, from 0, strictly increasing.
  public let times: [Double]
  /// A at those times, positive = charge.
  public let currents: [Double]

  /// Longest profile, s: three years.
  public static let longest = 1e8

  /// Why points make no profile.
  public struct Refusal: Error, Sendable, Hashable {
    /// Of the point, from 0; nil when the profile as a whole is refused.
    public var index: Int?
    /// What is wrong and what is allowed.
    public var problem: String
  }

  /// A profile through points, two or more.
  public init(times: [Double], currents: [Double]) throws(Refusal) {
    guard times.count == currents.count, times.count >= 2 else {
      throw Refusal(problem: "\(times.count) points, at least 2 are needed")
    }
    for i in times.indices {
      if i == 0, times[0] != 0 {
        throw Refusal(index: 0, problem: "\(times[0]) s, the first time must be 0")
      }
      if i > 0, !(times[i] > times[i - 1]) {
        throw Refusal(
          index: i, problem: "\(times[i]) s, must be above the time before, \(times[i - 1]) s")
      }
      guard times[i] <= Self.longest else {
        throw Refusal(index: i, problem: "\(times[i]) s, at most \(Self.longest) s are allowed")
      }
      guard currents[i].isFinite else {
        throw Refusal(index: i, problem: "\(currents[i]) A, a finite current is wanted")
      }
    }
    self.times = times
    self.currents = currents
  }
}
