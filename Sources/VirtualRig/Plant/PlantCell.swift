internal import Electrochemistry

/// The simulated cell: a model and its state. Speaks degC, as the bench does.
struct PlantCell {
  static let kelvin = 273.15

  private let model: SPMe
  private let workspace: SPMeWorkspace
  private var state: [Double]

  /// A cell at rest. `temperature` in degC.
  init(_ model: SPMe, stateOfCharge: Double, temperature: Double) {
    self.model = model
    workspace = model.makeWorkspace()
    state = model.rest(stateOfCharge: stateOfCharge, temperature: temperature + Self.kelvin)
  }

  /// Lets `duration` seconds pass under a constant current (A, positive when it charges) and ambient
  /// (degC). Throws with the state as it was.
  mutating func step(current: Double, ambient: Double, duration: Double) throws(ModelError) {
    try model.step(
      &state, current: current, ambient: ambient + Self.kelvin, duration: duration,
      workspace: workspace)
  }

  /// The truth under a current, A, at an ambient, degC.
  func outputs(current: Double, ambient: Double) throws(ModelError) -> PlantOutputs {
    let y = try model.outputs(state, current: current, ambient: ambient + Self.kelvin)
    return PlantOutputs(
      voltage: y.voltage, temperature: y.temperature - Self.kelvin, stateOfCharge: y.stateOfCharge,
      openCircuitVoltage: y.openCircuitVoltage,
      negativePotentialAtSeparator: y.negativePotentialAtSeparator,
      negativeSurfaceStoichiometry: y.negativeSurfaceStoichiometry,
      positiveSurfaceStoichiometry: y.positiveSurfaceStoichiometry,
      electrolyteNegativeEnd: y.electrolyteNegativeEnd,
      electrolytePositiveEnd: y.electrolytePositiveEnd, heatOhmic: y.heatOhmic,
      heatIrreversible: y.heatIrreversible, heatReversible: y.heatReversible)
  }
}
