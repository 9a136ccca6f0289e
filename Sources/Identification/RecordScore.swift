public import Electrochemistry
import Quantities

/// How an open-loop run from a record's rested start compares with it.
public struct RecordScore: Sendable {
  /// In reports.
  public let name: String
  /// V, root mean square over the rows above 5 % of charge.
  public let voltageRMS: Double
  /// V, mean over the same rows; positive: the model lies above.
  public let voltageMean: Double
  /// V, largest over the same rows.
  public let voltageMost: Double
  /// V, root mean square over all rows.
  public let voltageRMSOfAll: Double
  /// K, root mean square; nil without a thermometer.
  public let temperatureRMS: Double?
  /// Compared rows that the model did not reach.
  public let missed: Int

  /// The score of `model` on `record`. Every compared row counts for the time up to the next.
  public init(_ record: MeasuredRecord, _ model: SPMe, stateOfChargeOffset offset: Double = 0) {
    name = record.name
    let run = RecordSimulation(record, model, stateOfChargeOffset: offset)
    var (sum, squares, most, all, heat) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (count, total) = (0.0, 0.0)
    for (k, row) in record.compared.enumerated() where run.voltages[k].isFinite {
      let error = run.voltages[k] - record.voltages[row]
      all += error * error
      total += 1
      if !record.temperatures.isEmpty {
        let difference = run.temperatures[k] - record.temperatures[row]
        heat += difference * difference
      }
      guard run.statesOfCharge[k] > 0.05 else { continue }
      count += 1
      sum += error
      squares += error * error
      most = max(most, error.magnitude)
    }
    voltageRMS = (squares / count).squareRoot()
    voltageMean = sum / count
    voltageMost = most
    voltageRMSOfAll = (all / total).squareRoot()
    temperatureRMS = record.temperatures.isEmpty ? nil : (heat / total).squareRoot()
    missed = record.compared.count - Int(total)
  }
}
