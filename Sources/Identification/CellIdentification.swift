public import Electrochemistry
import Kernels
import Quantities

/// Parameters of one cell from records of it: the most likely values given records and prior knowledge.
///
/// Values: ln of each parameter's factor on the file, then for each record what is added to the state of
/// charge at its start. Residuals are whitened by the record's error models; beyond `huber` they count
/// linearly. Oracle: cells simulated with known parameters (Tests/IdentificationTests, `identification-study`).
public struct CellIdentification: Sendable {
  /// The cell as the file has it; a contact resistance of 0 is replaced, for it cannot be multiplied.
  public let base: CellParameters
  /// What may change.
  public let parameters: [IdentifiedParameter]
  /// To be explained.
  public var records: [IdentificationRecord]
  /// Which explains.
  public let model: RunModel
  /// What is believed of each parameter beforehand: ln of its factor.
  public var priors: [FitPrior]
  /// Whether a record's reference electrode is fitted to; else it is compared only.
  public var fitsReference = true
  /// Standard deviations from which a whitened residual counts linearly.
  public var huber = 3.0

  /// Of a file that has none: 25 mV at 1C.
  public static func assumedContactResistance(_ cell: CellParameters) -> Double {
    0.025 / cell.nominalCapacity.value
  }

  /// Whether the file has a contact resistance above 0.
  let hasOwnContactResistance: Bool

  /// A fit of `parameters` to `records`, with the parameters' own priors.
  public init(
    _ cell: CellParameters, _ parameters: [IdentifiedParameter], _ records: [IdentificationRecord],
    model: RunModel
  ) {
    hasOwnContactResistance = cell.contactResistance > 0
    base =
      parameters.contains(.factor(.contactResistance)) && cell.contactResistance <= 0
      ? cell.withContactResistance(Self.assumedContactResistance(cell)) : cell
    self.parameters = parameters
    self.records = records
    self.model = model
    priors = parameters.map {
      FitPrior(mean: 0, sd: $0.priorSD, bounds: (-4 * $0.priorSD)...(4 * $0.priorSD))
    }
  }

  /// How many values a fit has.
  public var valueCount: Int { parameters.count + records.count }

  /// Priors of all values. A state of charge that is given stays.
  var allPriors: [FitPrior] {
    priors
      + records.map {
        $0.stateOfChargeSD > 0
          ? FitPrior(mean: 0, sd: $0.stateOfChargeSD, bounds: -0.5...0.5)
          : FitPrior(mean: 0, sd: 1, bounds: 0...0)
      }
  }

  /// The cell that values mean.
  public func cell(_ values: [Double]) -> CellParameters {
    var factors: [ParameterName: Double] = [:]
    for (parameter, value) in zip(parameters, values) {
      if case .factor(let name) = parameter { factors[name] = Double.exponential(value) }
    }
    return base.scaled(factors)
  }

  /// Runs record `r` at values.
  ///
  /// - Parameter outputTimes: nil for the record's own.
  public func run(
    _ r: Int, _ values: [Double], slopes: Bool, outputTimes: [Double]? = nil
  ) -> ModelRun {
    let record = records[r]
    return model.run(
      cell(values), record.current.inAir(warmerBy: value(.ambientOffset, values)),
      from: record.stateOfCharge + values[parameters.count + r],
      outputTimes: outputTimes ?? record.times, parameters: parameters, lithium: lithium(values),
      offsets: offsets(values), reference: base, slopes: slopes)
  }

  /// V, of the open-circuit potentials.
  func offsets(_ values: [Double]) -> (positive: Double, negative: Double) {
    (value(.openCircuitOffset, values), value(.negativeOpenCircuitOffset, values))
  }

  func lithium(_ values: [Double]) -> Double { value(.lithiumInventory, values) }

  /// 0 where the parameter is not among the fitted.
  func value(_ parameter: IdentifiedParameter, _ values: [Double]) -> Double {
    parameters.firstIndex(of: parameter).map { values[$0] } ?? 0
  }

  /// What ln of parameter `k`'s factor is a factor on: a value with its unit, 1 for a function of
  /// stoichiometry or concentration and for the lithium; and whether the file has it.
  public func fileValue(_ k: Int) -> (value: Double, unit: String, isFromFile: Bool) {
    guard case .factor(let name) = parameters[k] else { return (1, "", true) }
    func value(_ function: ParameterFunction) -> (value: Double, unit: String, isFromFile: Bool) {
      guard let constant = function.curve.constant else { return (1, "", true) }
      return (function.factor * constant, name.unit, true)
    }
    switch name {
    case .negativeDiffusivity: return value(base.negative.diffusivity)
    case .positiveDiffusivity: return value(base.positive.diffusivity)
    case .electrolyteDiffusivity: return value(base.electrolyte.diffusivity)
    case .electrolyteConductivity: return value(base.electrolyte.conductivity)
    case .contactResistance: return (base.contactResistance, name.unit, hasOwnContactResistance)
    default: return (base[keyPath: name.path], name.unit, true)
    }
  }
}
