import Electrochemistry

extension AugmentedSPMe {
  package mutating func measure(
    _ state: UnsafePointer<Double>, input: CellInput, outputs: UnsafeMutablePointer<Double>,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    let n = layout.count
    let physical = layout.physical.count
    let current = layout.flowing(input.steadyCurrent ?? input.current, state)
    let excess = layout.flowing(input.current, state) - current
    let scale = 1 + state[layout.currentScale]
    for (place, index) in layout.parameters.enumerated() { logFactors[place] = state[index] }
    do {
      try model.lineariseOutputs(
        UnsafeBufferPointer(start: state, count: physical), current: current,
        ambient: input.ambient - state[layout.ambientOffset], logFactors: logFactors,
        workspace: workspace, into: &terminals)
    } catch { throw EstimationError(.model, "model, outputs: \(error)") }
    let parameters = layout.parameters.count
    for quantity in FilteredOutput.allCases {
      let index = quantity.rawValue
      let row = jacobian + index * n
      outputs[index] = terminals.values[index] + terminals.currentJacobian[index] * excess
      for j in layout.physical { row[j] = terminals.stateJacobian[index * physical + j] }
      for (place, j) in layout.parameters.enumerated() {
        row[j] = terminals.parameterJacobian[index * parameters + place]
      }
      row[layout.currentOffset] = -terminals.currentJacobian[index] / scale
      row[layout.currentScale] = -terminals.currentJacobian[index] * current / scale
    }
    let voltage = FilteredOutput.voltage.rawValue
    outputs[voltage] +=
      state[layout.positiveOffset] - state[layout.negativeOffset] + state[layout.discrepancy]
      + (current + excess) * state[layout.resistance]
    let row = jacobian + voltage * n
    row[layout.positiveOffset] = 1
    row[layout.negativeOffset] = -1
    row[layout.discrepancy] = 1
    row[layout.resistance] = current
    row[layout.currentOffset] -= state[layout.resistance] / scale
    row[layout.currentScale] -= state[layout.resistance] * current / scale

    let potential = FilteredOutput.negativePotentialAtSeparator.rawValue
    outputs[potential] += state[layout.negativeOffset]
    jacobian[potential * n + layout.negativeOffset] = 1

    for (number, offset) in layout.thermometers.enumerated() {
      let index = FilterLayout.thermometer(number)
      outputs[index] = outputs[FilteredOutput.temperature.rawValue] + state[offset]
      jacobian[index * n + layout.temperature] = 1
      jacobian[index * n + offset] = 1
    }
  }
}
