import Electrochemistry
import Estimation
import Kernels
import Protocols
import Quantities

/// One cell of an ensemble, drawn.
struct EnsembleDraw {
  /// As the file has it.
  var cell: CellParameters
  var mesh: SPMe.MeshName
  var values: [CellConstant: Double]
  /// Stoichiometries at the start.
  var negative: Double
  var positive: Double
  /// At the start, K.
  var temperature: Double
  /// K.
  var ambient: Double
  /// Of the bench's shunt: reading = current x scale + offset, A.
  var shuntOffset: Double
  var shuntScale: Double
  /// Voltage that the model does not explain, V.
  var discrepancy: Double
  /// Separator potential that it does not explain, V.
  var separatorError: Double

  /// The cell as a parameter set. What is not explained of the voltage counts with the positive electrode,
  /// where it moves no plating margin.
  var plant: CellParameters {
    var factors: [ParameterName: Double] = [:]
    for case (.logFactor(let name), let value) in values {
      factors[name] = Double.exponential(value)
    }
    return cell.scaled(factors)
      .withContactResistance(cell.contactResistance + (values[.contactResistance] ?? 0))
      .offsettingOpenCircuitPotential(
        negative: values[.negativeOffset] ?? 0,
        positive: (values[.positiveOffset] ?? 0) + discrepancy)
  }

  /// What flows when the bench's shunt reads `reading`, A.
  func flowing(_ reading: Double) -> Double { (reading - shuntOffset) / shuntScale }

  /// A step as this bench does it: currents are those of its shunt, rows those of the prediction.
  func done(_ step: ProtocolStep) -> ProtocolStep {
    var step = step
    step.period = nil
    func real(_ value: CurrentValue) -> CurrentValue {
      switch value {
      case .amperes(let current): .amperes(Amperes(flowing(current.value)))
      case .rate(let rate):
        .rate(flowing(rate * cell.nominalCapacity.value) / cell.nominalCapacity.value)
      }
    }
    switch step.mode {
    case .current(let value): step.mode = .current(real(value))
    case .currentThenHold(let value, let voltage):
      step.mode = .currentThenHold(real(value), voltage)
    case .rest, .hold, .chamber, .power, .resistance: break
    }
    return step
  }
}
