/// Running mean square of an error.
package struct MeanSquare: Sendable {
  package private(set) var sum = 0.0
  package private(set) var count = 0

  package init() {}

  package mutating func add(_ error: Double) {
    sum += error * error
    count += 1
  }

  /// NaN of nothing.
  package var root: Double { (sum / Double(count)).squareRoot() }
}

/// How one filter fared on one simulated cell.
package struct ShadowScore: Sendable {
  /// When the state of charge came within the bound for good, s; nil: not within 200 s.
  package var settled: Double?
  /// From 300 s on.
  package var stateOfCharge = MeanSquare()
  package var surface = MeanSquare()
  package var temperature = MeanSquare()
  /// During the charge at 0.5C and at 1.2C, V.
  package var separatorSlow = MeanSquare()
  package var separatorFast = MeanSquare()
  /// Instants of both charges in which the estimate was above the truth by more than 5 mV.
  package var optimistic = 0
  package var charged = 0
  /// Voltage ten minutes ahead, V, against the truth.
  package var openLoop = MeanSquare()
  /// Mean normalised squared innovation of each window of 60 samples, voltage and thermometer.
  package var innovations: [Double] = []
  /// Normalised squared errors at each checkpoint: charge, temperature, separator potential.
  package var errors: [[Double]] = []
  package var restarts = 0
  package var faults = 0
  /// Processor time of an assimilation, s.
  package var cost = 0.0
}
