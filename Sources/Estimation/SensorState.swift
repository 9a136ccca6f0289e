import Kernels

/// What a sensor may be: a hypothesis that particles stand for.
enum SensorState: CaseIterable {
  case working
  case stuck

  /// One each; they sum to 1.
  struct Probabilities: Sendable, Hashable {
    var working = 1.0
    var stuck = 0.0

    subscript(state: SensorState) -> Double {
      get { state == .working ? working : stuck }
      set { if state == .working { working = newValue } else { stuck = newValue } }
    }

    /// Bayes' rule with the logarithms of two likelihoods.
    mutating func take(logWorking: Double, logStuck: Double) {
      let top = max(logWorking, logStuck)
      working *= Double.exponential(logWorking - top)
      stuck *= Double.exponential(logStuck - top)
      normalise()
    }

    /// A hypothesis that is as good as excluded keeps a probability that can grow again.
    mutating func normalise() {
      let sum = working + stuck
      guard sum > 0 else { return }
      working = max(working / sum, 1e-100)
      stuck = stuck > 0 ? max(stuck / sum, 1e-100) : 0
    }
  }
}
