/// The values of one parameter that the data does not rule out, all others following.
///
/// Up to where the least cost has risen by 1.92: half the 95 % point of chi-square with one degree of freedom
/// (S. A. Murphy, A. W. van der Vaart, J. Am. Stat. Assoc. 95 (2000) 449).
public struct ProfileInterval: Sendable, Hashable {
  /// Half of 3.841.
  public static let rise = 1.9207

  /// One value tried.
  public struct Point: Sendable, Hashable {
    /// ln of the factor.
    public var value: Double
    /// Least cost there above the minimum's.
    public var rise: Double
  }

  /// Lower end, ln of the factor.
  public var lower: Double
  /// Upper end.
  public var upper: Double
  /// Whether the lower end is where the fit may go, not where the cost says so.
  public var isOpenBelow: Bool
  /// The same of the upper end.
  public var isOpenAbove: Bool
  /// All that were tried, in order of their values, the minimum among them.
  public var points: [Point]
}

extension CellIdentification {
  /// Profile intervals of parameters, by their places.
  public func profiles(_ found: IdentifiedCell, of places: [Int]) -> [ProfileInterval] {
    concurrently(places.count) { profile(places[$0], found) }
  }

  private func profile(_ k: Int, _ found: IdentifiedCell) -> ProfileInterval {
    let (sd, centre) = (found.sd(k), found.values[k])
    var points = [ProfileInterval.Point(value: centre, rise: 0)]
    func end(_ direction: Double) -> (value: Double, isOpen: Bool) {
      let bound =
        direction < 0 ? allPriors[k].bounds.lowerBound : allPriors[k].bounds.upperBound
      var values = found.values
      // Rise against distance: the last point inside, the first outside.
      var inside = (at: 0.0, rise: 0.0)
      var outside: (at: Double, rise: Double)?
      var distance = 1.96 * sd
      for _ in 0..<8 {
        let most = (bound - centre).magnitude
        distance = min(distance, most)
        let step = centre + direction * distance - values[k]
        // Along the posterior's ridge.
        let n = values.count
        let start = values.indices.map { i in
          i == k
            ? centre + direction * distance
            : values[i] + step * found.covariance[i * n + k] / found.covariance[k * n + k]
        }
        guard let least = minimise(from: start, fixing: k, rounds: 15) else { break }
        let rise = max(least.cost - found.cost, 0)
        points.append(.init(value: least.values[k], rise: rise))
        values = least.values
        if (rise - ProfileInterval.rise).magnitude < 0.02 * ProfileInterval.rise {
          return (least.values[k], false)
        }
        if rise < ProfileInterval.rise {
          inside = (distance, rise)
          if distance >= most { return (bound, true) }
        } else {
          outside = (distance, rise)
        }
        // The square root of the rise is nearly straight.
        let (a, target) = (inside.rise.squareRoot(), ProfileInterval.rise.squareRoot())
        if let outside {
          let b = outside.rise.squareRoot()
          let share = min(max((target - a) / max(b - a, 1e-12), 0.05), 0.95)
          distance = inside.at + share * (outside.at - inside.at)
        } else {
          distance = min(inside.at * min(max(target / max(a, 1e-3), 1.2), 3), 1e3)
        }
      }
      // Not located: the widest that is known to hold.
      return (centre + direction * (outside?.at ?? inside.at), outside == nil)
    }
    let (lower, upper) = (end(-1), end(1))
    return ProfileInterval(
      lower: lower.value, upper: upper.value, isOpenBelow: lower.isOpen, isOpenAbove: upper.isOpen,
      points: points.sorted { $0.value < $1.value })
  }
}
