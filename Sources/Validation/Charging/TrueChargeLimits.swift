import Electrochemistry

/// What a charge of a cell whose truth is known keeps to.
package struct TrueChargeLimits: Sendable, Hashable {
  /// Largest current, A.
  package var current: Double
  /// Highest voltage, V.
  package var voltage: Double
  /// Highest temperature, K.
  package var temperature: Double
  /// Lowest potential of the negative electrode at the separator, V.
  package var potential: Double
  /// The charge ends here.
  package var stateOfCharge: Double

  package init(
    current: Double, voltage: Double, temperature: Double, potential: Double, stateOfCharge: Double
  ) {
    self.current = current
    self.voltage = voltage
    self.temperature = temperature
    self.potential = potential
    self.stateOfCharge = stateOfCharge
  }

  /// How far the nearest limit is, V; 1 K counts as 10 mV. Negative when broken.
  ///
  /// - Parameter backOff: on top of the potential's limit, V.
  func slack(_ outputs: CellOutputs, backOff: Double) -> Double {
    min(
      outputs.negativePotentialAtSeparator - backOff - potential, voltage - outputs.voltage,
      0.01 * (temperature - outputs.temperature))
  }
}
