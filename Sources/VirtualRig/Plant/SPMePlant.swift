internal import Electrochemistry

/// A plant of the twin's own kind: what is left of the errors when the model is right.
struct SPMePlant: PlantCell {
  private let model: SPMe
  private let workspace: SPMeWorkspace
  private var state: [Double]

  /// A cell at rest. `temperature` in degC.
  init(_ model: SPMe, stateOfCharge: Double, temperature: Double) {
    self.model = model
    workspace = model.makeWorkspace()
    state = model.rest(stateOfCharge: stateOfCharge, temperature: temperature + kelvin)
  }

  mutating func step(current: Double, ambient: Double, duration: Double) throws(ModelError) {
    try model.step(
      &state, current: current, ambient: ambient + kelvin, duration: duration,
      workspace: workspace)
  }

  func outputs(current: Double, ambient: Double) throws(ModelError) -> PlantOutputs {
    PlantOutputs(try model.outputs(state, current: current, ambient: ambient + kelvin))
  }
}
