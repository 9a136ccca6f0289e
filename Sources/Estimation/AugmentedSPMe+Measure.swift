import Electrochemistry

extension AugmentedSPMe {
  mutating func measure(
    _ state: UnsafePointer<Double>, input: CellInput, outputs: UnsafeMutablePointer<Double>,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    let n = layout.count
    let physical = layout.physical.count
    let current = input.current - state[layout.currentOffset]
    try lineariseOutputs(
      state, current: current, ambient: input.ambient - state[layout.ambientOffset])
    for quantity in CellQuantity.allCases {
      let index = quantity.rawValue
      let row = jacobian + index * n
      outputs[index] = linearisation.outputs[index]
      for j in layout.physical { row[j] = linearisation.outputByState[index * physical + j] }
      for (place, j) in layout.parameters.enumerated() {
        row[j] = linearisation.outputByParameter[index * layout.parameters.count + place]
      }
      row[layout.currentOffset] = -linearisation.outputByCurrent[index]
    }
    let voltage = CellQuantity.voltage.rawValue
    outputs[voltage] +=
      state[layout.positiveOffset] - state[layout.negativeOffset] + state[layout.discrepancy]
      + current * state[layout.resistance]
    let row = jacobian + voltage * n
    row[layout.positiveOffset] = 1
    row[layout.negativeOffset] = -1
    row[layout.discrepancy] = 1
    row[layout.resistance] = current
    row[layout.currentOffset] -= state[layout.resistance]

    let potential = CellQuantity.negativePotentialAtSeparator.rawValue
    outputs[potential] += state[layout.negativeOffset]
    jacobian[potential * n + layout.negativeOffset] = 1

    for (number, offset) in layout.thermometers.enumerated() {
      let index = CellQuantity.thermometer(number)
      outputs[index] = outputs[CellQuantity.temperature.rawValue] + state[offset]
      jacobian[index * n + model.layout.temperature] = 1
      jacobian[index * n + offset] = 1
    }
  }

  /// Linear in the negative electrode's mean stoichiometry, whatever the current.
  func stateOfCharge(_ state: [Double]) -> Double {
    (try? model.outputs(Array(state[layout.physical]), current: 0, ambient: 298.15))?
      .stateOfCharge ?? 0.5
  }
}
