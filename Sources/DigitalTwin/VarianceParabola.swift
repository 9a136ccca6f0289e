/// Variance of an output as a parabola in the current, through three sd.
struct VarianceParabola: Sendable, Hashable {
  private let constant: Double
  private let linear: Double
  private let quadratic: Double
  private let floor: Double

  /// Through the sd at 0, `high` / 2 and `high` (A).
  init(_ high: Double, _ atZero: Double, _ atHalf: Double, _ atHigh: Double) {
    let (a, b, c) = (atZero * atZero, atHalf * atHalf, atHigh * atHigh)
    constant = a
    linear = (4 * b - 3 * a - c) / high
    quadratic = 2 * (c - 2 * b + a) / (high * high)
    // A parabola fitted to rounding noise may dip below what is known anywhere.
    floor = 0.5 * min(a, b, c)
  }

  /// sd at a current, A.
  func sd(_ current: Double) -> Double {
    max(floor, constant + current * (linear + current * quadratic)).squareRoot()
  }
}
