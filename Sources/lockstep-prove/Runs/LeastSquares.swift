import Foundation

/// A straight line through points, with the standard error of its slope (ordinary least squares).
struct LeastSquares {
  private(set) var slope = 0.0
  private(set) var standardError = Double.infinity

  init(_ points: [(x: Double, y: Double)]) {
    guard points.count > 2 else { return }
    let count = Double(points.count)
    let (meanX, meanY) = (
      points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count
    )
    let spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    guard spread > 0 else { return }
    slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
    let residual = points.reduce(0) { sum, point in
      let error = point.y - meanY - slope * (point.x - meanX)
      return sum + error * error
    }
    standardError = (residual / (count - 2) / spread).squareRoot()
  }
}
