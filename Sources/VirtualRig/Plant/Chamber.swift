private import Glibc

/// A climate chamber whose air follows its set-point as a first-order lag.
package struct Chamber: Equatable {
  /// degC.
  package var setPoint: Double
  /// Air, degC.
  package private(set) var temperature: Double
  /// s.
  package let timeConstant: Double

  package init(temperature: Double, timeConstant: Double) {
    setPoint = temperature
    self.temperature = temperature
    self.timeConstant = timeConstant
  }

  /// Exact for a constant set-point.
  package mutating func run(for seconds: Double) {
    guard timeConstant > 0 else {
      temperature = setPoint
      return
    }
    temperature = setPoint + (temperature - setPoint) * exp(-seconds / timeConstant)
  }
}
