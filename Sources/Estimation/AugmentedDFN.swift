package import Electrochemistry

/// The DFN with everything that a bench makes uncertain; state as `AugmentedSPMe`'s, with a DFN's own.
package struct AugmentedDFN: CellWorld {
  let members: DFNMembers
  package let cell: CellParameters
  package let configuration: EstimatorConfiguration
  package let layout: FilterLayout
  package let heating: Double

  init(cell: CellParameters, configuration: EstimatorConfiguration, thermometers: Int) {
    members = DFNMembers(
      cell, mesh: configuration.mesh, parameters: configuration.parameters.map(\.name))
    self.cell = cell
    self.configuration = configuration
    layout = FilterLayout(
      physical: members.stateCount, parameters: configuration.parameters.count,
      thermometers: thermometers)
    heating = 1 / cell.heatCapacity
  }

  package var sizes: [Double] { sizes(salt: members.salt, saltSize: 0.01) }

  package func stoichiometries(stateOfCharge: Double) -> (negative: Double, positive: Double) {
    members.stoichiometries(stateOfCharge: stateOfCharge)
  }

  package func rest(negative: Double, positive: Double, temperature: Double) -> [Double] {
    members.rest(negative: negative, positive: positive, temperature: temperature)
  }

  package func meanStoichiometries(_ state: [Double]) -> (negative: Double, positive: Double) {
    let contents = members.contents(of: state)
    return (contents.negative, contents.positive)
  }

  package func stateOfCharge(_ state: [Double]) -> Double {
    members.contents(of: state).stateOfCharge
  }

  package func restedVoltage(stateOfCharge: Double) -> Double {
    let (negative, positive) = stoichiometries(stateOfCharge: stateOfCharge)
    return members.contents(
      of: members.rest(negative: negative, positive: positive, temperature: 298.15)
    ).openCircuitVoltage
  }

  package func openCircuitVoltage(_ state: [Double]) -> Double {
    members.contents(of: state).openCircuitVoltage + state[layout.positiveOffset]
      - state[layout.negativeOffset]
  }

  /// Rested at the mean stoichiometries.
  package func outlook(_ state: [Double]) -> (model: any ForecastModel, state: [Double]) {
    let model = SPMe(cell(of: state), mesh: .coarse, thermal: .lumped)
    let (negative, positive) = meanStoichiometries(state)
    return (
      SPMeForecast(model: model, workspace: model.makeWorkspace()),
      model.rest(
        negativeStoichiometry: negative, positiveStoichiometry: positive,
        temperature: state[layout.temperature])
    )
  }

  package func forecast(_ state: [Double]) -> any ForecastModel {
    DFNForecast(members: members, logFactors: Array(state[layout.parameters]))
  }
}
