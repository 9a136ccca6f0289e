import Kernels

/// Chooses the next step's duration from the last one's error (H211b filter of Soederlind, which
/// damps the chatter of a plain controller).
///
/// Source: G. Soederlind, "Digital filters in adaptive time-stepping", ACM TOMS 29 (2003) 1.
final class StepController {
  /// Relative tolerance as given.
  let tolerance: Double
  /// s; kept when a piece of the experiment ends and cuts a step short.
  private(set) var duration = firstDuration
  private var lastError = 1.0
  private var lastFactor = 1.0

  /// s; after a jump of the current. The error estimate refuses it where it is too long.
  static let firstDuration = 0.05
  /// s; shorter steps mean that the model cannot go on.
  static let shortest = 1e-6

  init(tolerance: Double) { self.tolerance = tolerance }

  static func check(_ tolerance: Double) throws(ModelError) {
    guard tolerance >= 1e-9, tolerance <= 1e-2 else {
      throw ModelError(
        quantity: "relative tolerance", value: tolerance, unit: "", bound: "1e-9 to 1e-2")
    }
  }

  func restart() {
    duration = Self.firstDuration
    (lastError, lastFactor) = (1, 1)
  }

  /// After a jump the solution is rough again.
  func jump() {
    duration = min(duration, Self.firstDuration)
    (lastError, lastFactor) = (1, 1)
  }

  /// - Parameters:
  ///   - error: estimate over tolerance, at most 1.
  ///   - taken: s.
  func accepted(error: Double, taken: Double) {
    // Exponents 1/(4k) with k = 3: b = 4, order of the estimate's error 3.
    // A step cut short by the run's end says nothing against the longer one it stood for.
    if taken < duration {
      if error < 0.2 { duration = max(duration, 2 * taken) }
      return
    }
    let e = 0.8 / max(error, 1e-6)
    let last = 0.8 / max(lastError, 1e-6)
    let factor =
      Double.power(e, 1.0 / 12) * Double.power(last, 1.0 / 12) * Double.power(lastFactor, -0.25)
    let limited = min(max(factor, 0.3), 4)
    (lastError, lastFactor) = (error, limited)
    duration = taken * limited
  }

  /// The next try after an error above 1; NaN counts as far too much.
  func rejected(error: Double, taken: Double) -> Double {
    let factor = error.isFinite ? 0.9 * Double.power(error, -1.0 / 3) : 0.2
    (lastError, lastFactor) = (1, 1)
    duration = taken * min(max(factor, 0.1), 0.7)
    return duration
  }
}
