package import Electrochemistry

extension AugmentedSPMe: CellWorld {
  package var sizes: [Double] { sizes(salt: model.layout.electrolyte, saltSize: 10) }

  package func stoichiometries(stateOfCharge: Double) -> (negative: Double, positive: Double) {
    model.stoichiometries(stateOfCharge: stateOfCharge)
  }

  package func rest(negative: Double, positive: Double, temperature: Double) -> [Double] {
    model.rest(
      negativeStoichiometry: negative, positiveStoichiometry: positive, temperature: temperature)
  }

  package var cell: CellParameters { model.parameters }

  package func meanStoichiometries(_ state: [Double]) -> (negative: Double, positive: Double) {
    model.meanStoichiometries(state)
  }

  /// The current does not matter.
  package func stateOfCharge(_ state: [Double]) -> Double {
    let rested = try? model.outputs(Array(state[layout.physical]), current: 0, ambient: 298.15)
    return rested?.stateOfCharge ?? 0.5
  }

  package func restedVoltage(stateOfCharge: Double) -> Double {
    let (negative, positive) = stoichiometries(stateOfCharge: stateOfCharge)
    return model.openCircuitVoltage(
      negative: negative, positive: positive, temperature: 298.15)
  }

  package func openCircuitVoltage(_ state: [Double]) -> Double {
    let value = state.withUnsafeBufferPointer { state -> Double in
      let physical = UnsafeBufferPointer(rebasing: state[layout.physical])
      return (try? model.outputs(physical, current: 0, ambient: 298.15))?.openCircuitVoltage ?? .nan
    }
    return value + state[layout.positiveOffset] - state[layout.negativeOffset]
  }

  package func outlook(_ state: [Double]) -> (model: any ForecastModel, state: [Double]) {
    (forecast(state), Array(state[layout.physical]))
  }

  package func forecast(_ state: [Double]) -> any ForecastModel {
    SPMeForecast(
      model: SPMe(cell(of: state), mesh: configuration.mesh, thermal: .lumped),
      workspace: workspace)
  }
}
