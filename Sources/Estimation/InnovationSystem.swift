/// Innovations of one update with their joint covariance, as its Cholesky factor: channel by channel, each
/// given those before it.
struct InnovationSystem {
  let capacity: Int
  /// How many channels were taken in.
  private(set) var count = 0
  /// Lower triangular, rows of `capacity`.
  private(set) var factor: [Double]
  /// Innovation of each channel given those before it, in its own standard deviations.
  private(set) var whitened: [Double]

  init(count capacity: Int) {
    self.capacity = capacity
    factor = Array(repeating: 0, count: capacity * capacity)
    whitened = Array(repeating: 0, count: capacity)
  }

  mutating func begin() { count = 0 }

  /// Standard deviation that a further channel would have beside those taken in, and its innovation given
  /// theirs, in it; leaves its row behind the last.
  mutating func propose(innovation: Double, variance: Double, covariances: [Double])
    -> (deviation: Double, whitened: Double)
  {
    let row = count * capacity
    var (rest, remaining) = (variance, innovation)
    for j in 0..<count {
      var sum = covariances[j]
      for k in 0..<j { sum -= factor[row + k] * factor[j * capacity + k] }
      let entry = sum / factor[j * capacity + j]
      factor[row + j] = entry
      rest -= entry * entry
      remaining -= entry * whitened[j]
    }
    let deviation = max(rest, variance * 1e-12).squareRoot()
    factor[row + count] = deviation
    return (deviation, remaining / deviation)
  }

  /// Takes in the channel that was proposed last.
  mutating func accept(_ value: Double) {
    whitened[count] = value
    count += 1
  }
}
