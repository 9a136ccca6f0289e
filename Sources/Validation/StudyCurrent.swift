import Kernels

/// A current that no filter was tuned on: steps of random height and length within 0.7C of charge and 1.2C of
/// discharge, a rest after each third, kept inside a window of charge; then charges at 0.5C and at 1.2C.
package struct StudyCurrent {
  private var random: RandomStream
  private let capacity: Double
  private var value = 0.0
  private var left = 0.0
  private var count = 0

  /// - Parameter capacity: Ah.
  package init(seed: UInt64, capacity: Double) {
    random = RandomStream(seed: seed, stream: 3)
    self.capacity = capacity
  }

  /// A, positive charges.
  package mutating func next(stateOfCharge: Double, period: Double) -> Double {
    left -= period
    if left <= 0 {
      count += 1
      left = 10 + 110 * random.uniform()
      let rate = -1.2 + 1.9 * random.uniform()
      // Towards the middle when near the ends.
      let push = stateOfCharge < 0.2 ? 0.5 : stateOfCharge > 0.8 ? -0.8 : rate
      value = count.isMultiple(of: 3) ? 0 : push * capacity
    }
    return value
  }
}
