internal import Electrochemistry

/// A plant that the twin's model is biased against, as it is against a real cell: a DFN.
///
/// A copy shares the cell: the solver owns its state.
struct DFNPlant: PlantCell {
  private let solver: DFNSolver

  /// A cell at rest. `temperature` in degC.
  init(
    _ parameters: CellParameters, mesh: SPMe.MeshName, thermal: SPMe.Thermal,
    stateOfCharge: Double, temperature: Double
  ) throws(ModelError) {
    solver = DFNSolver(parameters, mesh: mesh, thermal: thermal)
    let (n, p) = (parameters.negative, parameters.positive)
    try solver.start(
      negativeStoichiometry: n.minimumStoichiometry
        + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      positiveStoichiometry: p.maximumStoichiometry
        - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry),
      temperature: temperature + kelvin)
  }

  mutating func step(current: Double, ambient: Double, duration: Double) throws(ModelError) {
    do {
      try solver.step(current: current, ambient: ambient + kelvin, duration: duration)
    } catch {
      // Away from an empty or full surface only steps that find their own length lead.
      try solver.apply(.current(current), ambient: ambient + kelvin)
      _ = try solver.run(for: duration, stops: [], outputTimes: []) { _ in }
    }
  }

  func outputs(current: Double, ambient: Double) throws(ModelError) -> PlantOutputs {
    PlantOutputs(try solver.outputs(current: current, ambient: ambient + kelvin))
  }
}
