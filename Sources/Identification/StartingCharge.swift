import Electrochemistry
import Quantities

/// The state of charge at which a rested cell shows a record's first voltage under its first current.
enum StartingCharge {
  static func find(
    _ cell: CellParameters, model: RunModel, lithium: Double,
    offsets: (positive: Double, negative: Double),
    parameters: [IdentifiedParameter],
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
      (rested.isEmpty ? first : rested.reduce(0) { $0 + $1.1 } / Double(rested.count))
      - offsets.positive + offsets.negative
    // As the model itself shows it: another mesh has another surface a moment after a jump.
    let earliest = record.times[0]
    let start = record.current.beginning(through: earliest)
    func shown(_ z: Double) -> Double {
      let run = model.run(
        cell, start, from: z, outputTimes: [earliest], parameters: parameters, lithium: lithium,
        reference: reference, slopes: false)
      return run.reached == 1 ? run.voltages[0] : z > 0.5 ? .infinity : -.infinity
    }
    var (low, high) = (-0.1, 1.1)
    for _ in 0..<50 {
      let middle = 0.5 * (low + high)
      if shown(middle) > wanted { high = middle } else { low = middle }
    }
    return 0.5 * (low + high)
  }
}
