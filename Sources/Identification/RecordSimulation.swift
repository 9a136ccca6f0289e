public import Electrochemistry
import Quantities

/// A record's current through a model from a rested start, and nothing fed back.
public struct RecordSimulation: Sendable {
  /// V at the record's compared rows; NaN from where the model left its range on.
  public let voltages: [Double]
  /// K, as the voltages.
  public let temperatures: [Double]
  /// The state of charge at those rows.
  public let statesOfCharge: [Double]

  /// Stoichiometry at the surface of the negative particle at those rows.
  public let negativeSurfaces: [Double]
  /// Of the positive particle.
  public let positiveSurfaces: [Double]
  /// Why the model did not reach the end; nil where it did.
  public let failure: ModelError?

  /// Runs `record`.
  /// - Parameters:
  ///   - offset: added to the state of charge that the rested voltage tells.
  public init(_ record: MeasuredRecord, _ model: SPMe, stateOfChargeOffset offset: Double) {
    var voltages: [Double] = []
    var temperatures: [Double] = []
    var charges: [Double] = []
    var negativeSurfaces: [Double] = []
    var positiveSurfaces: [Double] = []
    let workspace = model.makeWorkspace()
    let start = Self.start(record, model, stateOfChargeOffset: offset)
    var x = model.rest(
      negativeStoichiometry: start.negative, positiveStoichiometry: start.positive,
      temperature: record.initialTemperature)
    var next = 0
    var failure: ModelError?
    do throws(ModelError) {
      for i in record.times.indices {
        if i > 0 {
          try x.withUnsafeMutableBufferPointer { x throws(ModelError) in
            try model.step(
              x, currentFrom: record.currents[i - 1], to: record.currents[i],
              ambient: record.ambient, duration: record.times[i] - record.times[i - 1],
              workspace: workspace)
          }
        }
        guard next < record.compared.count, record.compared[next] == i else { continue }
        next += 1
        let y = try model.outputs(x, current: record.currents[i], ambient: record.ambient)
        voltages.append(y.voltage)
        temperatures.append(y.temperature)
        charges.append(y.stateOfCharge)
        negativeSurfaces.append(y.negativeSurfaceStoichiometry)
        positiveSurfaces.append(y.positiveSurfaceStoichiometry)
      }
    } catch {
      failure = error
    }
    self.failure = failure
    let missing = Array(repeating: Double.nan, count: record.compared.count - voltages.count)
    self.voltages = voltages + missing
    self.temperatures = temperatures + missing
    statesOfCharge = charges + missing
    self.negativeSurfaces = negativeSurfaces + missing
    self.positiveSurfaces = positiveSurfaces + missing
  }

  /// Stoichiometries at the record's first row.
  static func start(
    _ record: MeasuredRecord, _ model: SPMe, stateOfChargeOffset offset: Double
  ) -> (negative: Double, positive: Double) {
    let rested = stateOfCharge(model, record.restedVoltage, record.initialTemperature)
    return model.stoichiometries(stateOfCharge: rested + offset)
  }

  /// Beyond the scale's ends the nearest end.
  static func stateOfCharge(_ model: SPMe, _ voltage: Double, _ temperature: Double) -> Double {
    if let found = try? model.stateOfCharge(restedVoltage: voltage, temperature: temperature) {
      return found
    }
    let cell = model.parameters
    let middle = 0.5 * (cell.lowerVoltageCutoff.value + cell.upperVoltageCutoff.value)
    return voltage > middle ? 1.02 : -0.02
  }
}
