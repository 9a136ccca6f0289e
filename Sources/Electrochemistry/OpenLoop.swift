/// A current in, the model's outputs out; no feedback.
public enum OpenLoop {
  /// Where an open-loop run starts, at rest.
  public enum Start: Sendable {
    /// BPX's scale.
    case stateOfCharge(Double)
    /// Of both electrodes.
    case stoichiometries(negative: Double, positive: Double)
  }

  /// Runs the SPMe under a current that is linear between points.
  ///
  /// - Parameters:
  ///   - times: s, never decreasing; two equal times make a jump of the current.
  ///   - currents: A at those times, positive = charge.
  ///   - ambient: K, constant; also the cell's temperature at the start.
  ///   - start: rested state at the first time.
  /// - Returns: one row for each time, under that time's current.
  public static func run(
    _ parameters: CellParameters, times: [Double], currents: [Double], ambient: Double,
    start: Start, mesh: SPMe.MeshName = .standard, thermal: SPMe.Thermal = .lumped,
    initialTemperature: Double? = nil
  ) throws(ModelError) -> [CellOutputs] {
    guard times.count == currents.count else {
      throw ModelError(
        quantity: "number of currents", value: Double(currents.count), unit: "",
        bound: "\(times.count), one for each time")
    }
    // Half a second: a jump of the current in a record is smeared over its sampling anyway, and
    // long gaps stay as accurate as short ones.
    let model = SPMe(parameters, mesh: mesh, thermal: thermal, longestSubstep: 0.5)
    let workspace = model.makeWorkspace()
    let temperature = initialTemperature ?? ambient
    var x: [Double]
    switch start {
    case .stateOfCharge(let soc): x = model.rest(stateOfCharge: soc, temperature: temperature)
    case .stoichiometries(let negative, let positive):
      x = model.rest(
        negativeStoichiometry: negative, positiveStoichiometry: positive,
        temperature: temperature)
    }
    var rows: [CellOutputs] = []
    rows.reserveCapacity(times.count)
    for i in times.indices {
      if i > 0, times[i] != times[i - 1] {
        try x.withUnsafeMutableBufferPointer { x throws(ModelError) in
          try model.step(
            x, currentFrom: currents[i - 1], to: currents[i], ambient: ambient,
            duration: times[i] - times[i - 1], workspace: workspace)
        }
      }
      rows.append(try model.outputs(x, current: currents[i], ambient: ambient))
    }
    return rows
  }
}
