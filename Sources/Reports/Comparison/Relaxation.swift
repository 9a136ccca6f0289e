import Foundation

/// The voltage's decay after a charge: where plated lithium is stripped it stands still for a while, and dV/dt has
/// a hump (Lueders et al. 2017, J. Power Sources 342:17; von Lueders 2019). What decays by diffusion and double
/// layers slows down all the way.
enum Relaxation {
  /// Windows in the logarithm of time.
  private static let windows = 6
  /// Seconds that kinetics and the shunt's last current may take.
  private static let first = 20.0
  /// Shorter rests tell nothing.
  private static let least = 300.0

  /// Whether a later window falls faster than the one before it, by four standard errors; nil: too short.
  static func hasPlateau(_ points: [(time: Double, volt: Double)]) -> Bool? {
    guard let start = points.first?.time, let end = points.last?.time,
      end - start >= least
    else { return nil }
    let span = end - start
    let edges = (0...windows).map {
      first * pow(span / first, Double($0) / Double(windows))
    }
    var slopes: [(slope: Double, error: Double)] = []
    for k in 0..<windows {
      let inside = points.filter {
        $0.time - start >= edges[k] && $0.time - start <= edges[k + 1]
      }
      guard let line = line(inside) else { return nil }
      slopes.append(line)
    }
    return zip(slopes, slopes.dropFirst()).contains { before, after in
      let error = (before.error * before.error + after.error * after.error).squareRoot()
      return -after.slope > -before.slope + 4 * error
    }
  }

  /// Slope by least squares, V/s, with its standard error; nil: fewer than five points.
  private static func line(
    _ points: [(time: Double, volt: Double)]
  ) -> (slope: Double, error: Double)? {
    let n = Double(points.count)
    guard n >= 5 else { return nil }
    let (meanT, meanV) = (
      points.reduce(0) { $0 + $1.time } / n, points.reduce(0) { $0 + $1.volt } / n
    )
    let square = points.reduce(0) { $0 + ($1.time - meanT) * ($1.time - meanT) }
    guard square > 0 else { return nil }
    let slope = points.reduce(0) { $0 + ($1.time - meanT) * ($1.volt - meanV) } / square
    let rest = points.reduce(0) { sum, point in
      let error = point.volt - meanV - slope * (point.time - meanT)
      return sum + error * error
    }
    return (slope, (rest / (n - 2) / square).squareRoot())
  }
}
