import Kernels

/// The current over one step: linear, or a parabola where a constraint makes it bend.
///
/// At a fraction x of the step: start + x (end - start) - bend x (1 - x), A.
struct StepCurrent<S: Scalar> {
  var start: S
  var end: S
  var bend: S

  /// Linear.
  @inline(__always)
  init(from start: S, to end: S) {
    self.start = start
    self.end = end
    bend = S(0)
  }

  /// A.
  @inline(__always)
  func value(at fraction: Double) -> S {
    start + ((end - start) * fraction - bend * (fraction * (1 - fraction)))
  }

  /// Derivative by the fraction at the start, A.
  @inline(__always)
  var initialSlope: S { end - start - bend }
}

extension StepCurrent where S == Double {
  /// The parabola through a point before the start too: `slope` is the mean one, A/s, over
  /// `before`, s; the step takes `duration`, s.
  init(from start: Double, to end: Double, duration: Double, after slope: Double, before: Double) {
    self.init(from: start, to: end)
    bend = (end - start - slope * duration) / (1 + before / duration)
  }

  /// Passed up to a fraction of a step of `duration`, A s.
  func charge(to fraction: Double, duration: Double) -> Double {
    let square = fraction * fraction
    return duration
      * (start * fraction + 0.5 * (end - start) * square
        - bend * square * (0.5 - fraction / 3))
  }
}
