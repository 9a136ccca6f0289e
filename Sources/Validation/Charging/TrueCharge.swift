package import Electrochemistry

/// How a charge of a cell whose truth is known went.
package struct TrueCharge: Sendable, Hashable {
  /// Until the state of charge asked for, s; nil: not reached.
  package var duration: Double?
  /// Of the negative electrode at the separator, V.
  package var lowestPotential = Double.infinity
  /// V.
  package var highestVoltage = -Double.infinity
  /// K.
  package var highestTemperature = -Double.infinity

  package init() {}

  /// Takes an instant in.
  package mutating func take(_ outputs: CellOutputs) {
    lowestPotential = min(lowestPotential, outputs.negativePotentialAtSeparator)
    highestVoltage = max(highestVoltage, outputs.voltage)
    highestTemperature = max(highestTemperature, outputs.temperature)
  }
}
