import Electrochemistry
import Kernels
import Quantities

/// The state of charge at which a rested cell shows a record's first voltage under its first current.
enum StartingCharge {
  static func find(
    _ cell: CellParameters, lithium: Double, offset: Double, parameters: [IdentifiedParameter],
    reference: CellParameters, _ record: IdentificationRecord
  ) -> Double {
    guard record.stateOfChargeSD > 0, let first = record.voltages.first else {
      return record.stateOfCharge
    }
    // A rest at the start is read as often as it was measured, ten times at most.
    let rested = zip(record.times, record.voltages).prefix(10).prefix { time, _ in
      record.current.current(at: time).magnitude < 1e-3 * cell.nominalCapacity.value
    }
    let wanted =
      (rested.isEmpty ? first : rested.reduce(0) { $0 + $1.1 } / Double(rested.count)) - offset
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let (temperature, current) = (record.current.initialTemperature, record.current.currents[0])
    func shown(_ z: Double) -> Double {
      let start = RunStart(
        cell, reference: reference, stateOfCharge: z, lithium: lithium, parameters: parameters)
      let state = model.rest(
        negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
        temperature: temperature)
      let found = try? model.outputs(state, current: current, ambient: temperature).voltage
      return found ?? (z > 0.5 ? .infinity : -.infinity)
    }
    var (low, high) = (-0.1, 1.1)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if shown(middle) > wanted { high = middle } else { low = middle }
    }
    return 0.5 * (low + high)
  }
}
