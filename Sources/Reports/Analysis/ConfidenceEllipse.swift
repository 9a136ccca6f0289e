import Foundation

/// Where two quantities lie with 95 % probability, as far as they are normal.
public struct ConfidenceEllipse: Sendable {
  /// 95 % point of chi-square with two degrees of freedom: -2 ln 0.05.
  public static let quantile = 5.991464547107979

  /// Standard deviations, in the quantities' units.
  public let sds: (x: Double, y: Double)
  /// -1..1.
  public let correlation: Double

  /// Nil where the variances are not above 0 or something is no number.
  ///
  /// - Parameters:
  ///   - xx: variance of the first, in its unit squared.
  ///   - xy: covariance.
  ///   - yy: variance of the second.
  public init?(xx: Double, xy: Double, yy: Double) {
    guard xx > 0, yy > 0, xx.isFinite, yy.isFinite, xy.isFinite else { return nil }
    sds = (xx.squareRoot(), yy.squareRoot())
    correlation = min(max(xy / (sds.x * sds.y), -1), 1)
  }

  /// How far it reaches from its centre along each axis, in the quantities' units.
  public var reach: (x: Double, y: Double) {
    let radius = Self.quantile.squareRoot()
    return (radius * sds.x, radius * sds.y)
  }

  /// On its rim around 0, evenly in the angle of the whitened plane.
  public func rim(points: Int = 96) -> [(x: Double, y: Double)] {
    let rest = max(0, 1 - correlation * correlation).squareRoot()
    return (0..<points).map { k in
      let angle = 2 * Double.pi * Double(k) / Double(points)
      return (
        reach.x * cos(angle), reach.y * (correlation * cos(angle) + rest * sin(angle))
      )
    }
  }
}
