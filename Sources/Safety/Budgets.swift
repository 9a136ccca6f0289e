import Quantities

/// Charge and time spent, in the step and in the run.
struct Budgets: Sendable {
  /// Charge moved, whatever its direction, A s.
  private(set) var stepCharge = 0.0
  private(set) var totalCharge = 0.0
  private var step = Int.min
  private var stepStart = 0.0
  private var start = 0.0
  private var last = Double.nan
  private var lastCurrent = 0.0

  /// By the trapezoidal rule over the samples' own times.
  mutating func add(_ sample: Sample, step new: Int) {
    let time = sample.time.value
    let current = abs(sample.current.value.value)
    if last.isNaN {
      start = time
    } else {
      let moved = (current + lastCurrent) / 2 * (time - last)
      stepCharge += moved
      totalCharge += moved
    }
    if new != step {
      step = new
      stepStart = time
      stepCharge = 0
    }
    last = time
    lastCurrent = current
  }

  /// What is spent of a kind, in its unit.
  func spent(_ kind: LimitKind) -> Double {
    switch kind {
    case .stepCharge: stepCharge / 3600
    case .totalCharge: totalCharge / 3600
    case .stepTime: last - stepStart
    default: last - start
    }
  }
}
