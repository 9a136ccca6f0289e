internal import Electrochemistry

/// The simulated cell: a model and its state. Speaks degC, as the bench does.
protocol PlantCell {
  /// Lets `duration` seconds pass under a constant current (A, positive when it charges) and ambient
  /// (degC). Throws with the last good state kept.
  mutating func step(current: Double, ambient: Double, duration: Double) throws(ModelError)

  /// The truth under a current, A, at an ambient, degC; changes nothing, so that the circuit may ask
  /// at trial currents as often as it likes.
  func outputs(current: Double, ambient: Double) throws(ModelError) -> PlantOutputs
}

/// degC to K.
let kelvin = 273.15

extension PlantOutputs {
  init(_ y: CellOutputs) {
    self.init(
      voltage: y.voltage, temperature: y.temperature - kelvin, stateOfCharge: y.stateOfCharge,
      openCircuitVoltage: y.openCircuitVoltage,
      negativePotentialAtSeparator: y.negativePotentialAtSeparator,
      negativeSurfaceStoichiometry: y.negativeSurfaceStoichiometry,
      positiveSurfaceStoichiometry: y.positiveSurfaceStoichiometry,
      electrolyteNegativeEnd: y.electrolyteNegativeEnd,
      electrolytePositiveEnd: y.electrolytePositiveEnd, heatOhmic: y.heatOhmic,
      heatIrreversible: y.heatIrreversible, heatReversible: y.heatReversible)
  }
}
