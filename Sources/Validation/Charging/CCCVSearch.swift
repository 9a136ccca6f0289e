// Ranked goals: 1. the fastest, so that what is measured by it is not flattered; 2. few charges. The duration
// falls with the current at any voltage, so that the fastest at a voltage is the largest current that keeps the
// limits. That one need not be the only edge (a current heats): the grid is walked from above.

/// The fastest constant current, constant voltage charge over (I, V).
package struct CCCVSearch: Sendable {
  /// What one charge does.
  package enum Outcome: Sendable, Hashable {
    /// s.
    case reached(Double)
    /// Too slow, or never there.
    case late
    /// Breaks a limit.
    case broken
  }

  /// The fastest.
  package struct Found: Sendable, Hashable {
    /// A.
    package var current: Double
    /// V.
    package var voltage: Double
    /// s.
    package var duration: Double
  }

  /// A.
  package let currents: ClosedRange<Double>
  /// V.
  package let voltages: ClosedRange<Double>
  /// Of the grid, A and V.
  private static let (coarseCurrent, coarseVoltage) = (0.25, 0.05)
  /// To which current and voltage are found, A and V.
  package static let (currentTolerance, voltageTolerance) = (0.005, 0.003)
  /// s.
  private static let longest = 43_200.0

  package init(currents: ClosedRange<Double>, voltages: ClosedRange<Double>) {
    self.currents = currents
    self.voltages = voltages
  }

  /// Searches: a grid, then its best column's neighbours at half the distance, and so on.
  ///
  /// - Parameter charge: of current, A, and voltage, V; may end after so many s.
  package func run(_ charge: (Double, Double, Double) -> Outcome) -> Found? {
    var best: Found?
    func column(_ voltage: Double) {
      // What is so much slower on the grid is not the fastest when refined.
      let longest = best.map { 1.3 * $0.duration } ?? Self.longest
      guard let found = edge(voltage, longest, charge) else { return }
      if found.duration < best?.duration ?? .infinity { best = found }
    }
    var voltage = voltages.upperBound
    while voltage > voltages.lowerBound - 1e-9 {
      column(voltage)
      voltage -= Self.coarseVoltage
    }
    var distance = 0.5 * Self.coarseVoltage
    while distance > Self.voltageTolerance, let centre = best?.voltage {
      for near in [centre - distance, centre + distance] where voltages.contains(near) {
        column(near)
      }
      distance *= 0.5
    }
    return best
  }

  /// The largest current at a voltage that keeps the limits.
  private func edge(
    _ voltage: Double, _ longest: Double, _ charge: (Double, Double, Double) -> Outcome
  ) -> Found? {
    var broken: Double?
    var current = currents.upperBound
    while current > currents.lowerBound - 1e-9 {
      switch charge(current, voltage, longest) {
      case .late: return nil
      case .broken: broken = current
      case .reached(let duration):
        var found = Found(current: current, voltage: voltage, duration: duration)
        guard var high = broken else { return found }
        while high - found.current > Self.currentTolerance {
          let middle = 0.5 * (high + found.current)
          if case .reached(let duration) = charge(middle, voltage, longest) {
            found = Found(current: middle, voltage: voltage, duration: duration)
          } else {
            high = middle
          }
        }
        return found
      }
      current -= Self.coarseCurrent
    }
    return nil
  }
}
