import Glibc

extension Normal {
  /// Probability of a value below `value`.
  public func cumulative(_ value: Double) -> Double {
    guard sd > 0 else { return value < mean ? 0 : 1 }
    return 0.5 * erfc((mean - value) / (sd * 2.0.squareRoot()))
  }
}
