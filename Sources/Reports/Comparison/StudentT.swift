/// The 97.5 % point of Student's t: half of a 95 % interval in standard errors.
enum StudentT {
  /// By degrees of freedom from 1 (Abramowitz and Stegun, table 26.10).
  private static let points = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
  ]

  /// - Parameter freedom: 1 at least; beyond 30 the normal's, which is 2 % less.
  static func point(_ freedom: Int) -> Double {
    freedom <= points.count ? points[freedom - 1] : 1.96
  }
}
