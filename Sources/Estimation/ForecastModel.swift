package import Electrochemistry

/// The physics of one cell, without what is uncertain about it.
package protocol ForecastModel {
  /// Advances a state under a current, A, at an ambient, K; false when that leaves the model's range, and
  /// the state is then of no meaning.
  ///
  /// - Parameter leads: later steps begin near where this one ends; of a model that nobody else asks.
  func step(
    _ x: inout [Double], current: Double, ambient: Double, duration: Double, leads: Bool
  ) -> Bool
  /// What the cell shows; nil out of the model's range.
  func outputs(_ x: [Double], current: Double, ambient: Double) -> CellOutputs?
}

package struct SPMeForecast: ForecastModel {
  let model: SPMe
  let workspace: SPMeWorkspace

  package func step(
    _ x: inout [Double], current: Double, ambient: Double, duration: Double, leads: Bool
  ) -> Bool {
    do {
      try model.step(
        &x, current: current, ambient: ambient, duration: duration, workspace: workspace)
      return true
    } catch { return false }
  }

  package func outputs(_ x: [Double], current: Double, ambient: Double) -> CellOutputs? {
    try? model.outputs(x, current: current, ambient: ambient)
  }
}

package struct DFNForecast: ForecastModel {
  let members: DFNMembers
  let logFactors: [Double]

  package func step(
    _ x: inout [Double], current: Double, ambient: Double, duration: Double, leads: Bool
  ) -> Bool {
    do {
      try members.step(
        &x, logFactors: logFactors, current: current, ambient: ambient, duration: duration,
        isCentre: leads)
      return true
    } catch { return false }
  }

  package func outputs(_ x: [Double], current: Double, ambient: Double) -> CellOutputs? {
    try? members.outputs(x, logFactors: logFactors, current: current, ambient: ambient)
  }
}
