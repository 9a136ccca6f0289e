import Kernels
public import Quantities

/// How the air around the cell goes to a set-point: exponentially.
public struct AmbientCourse: Sendable, Hashable {
  /// The air when the chamber was told.
  public var start: Celsius
  /// Where it ends.
  public var target: Celsius
  /// In which it comes nearer by 63 %.
  public var timeConstant: Seconds

  /// A course from its parts; `timeConstant` above 0.
  public init(from start: Celsius, to target: Celsius, timeConstant: Seconds) {
    (self.start, self.target, self.timeConstant) = (start, target, timeConstant)
  }

  /// K, `time` s after the chamber was told.
  func at(_ time: Double) -> Double {
    target.value + 273.15
      + (start.value - target.value) * Double.exponential(-time / timeConstant.value)
  }
}
