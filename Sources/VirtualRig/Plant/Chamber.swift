private import Glibc

/// A climate chamber whose air follows its set-point as a first-order lag.
struct Chamber: Equatable {
  /// degC.
  var setPoint: Double
  /// Air, degC.
  private(set) var temperature: Double
  /// s.
  let timeConstant: Double

  init(temperature: Double, timeConstant: Double) {
    setPoint = temperature
    self.temperature = temperature
    self.timeConstant = timeConstant
  }

  /// Exact for a constant set-point.
  mutating func run(for seconds: Double) {
    guard timeConstant > 0 else {
      temperature = setPoint
      return
    }
    temperature = setPoint + (temperature - setPoint) * exp(-seconds / timeConstant)
  }
}
