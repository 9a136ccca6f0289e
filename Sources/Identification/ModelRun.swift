/// What a model shows along a current, with its slopes; rows up to `reached` hold.
///
/// Directions, in this order: ln of each parameter's factor, then the state of charge at the start.
public struct ModelRun: Sendable {
  /// V, one for each output time.
  public internal(set) var voltages: [Double]
  /// K.
  public internal(set) var temperatures: [Double]
  /// phi_s - phi_e of the negative electrode at the separator, V.
  public internal(set) var separatorPotentials: [Double]
  /// Row-major, `directions` a row; V.
  public internal(set) var voltageSlopes: [Double]
  /// K.
  public internal(set) var temperatureSlopes: [Double]
  /// V.
  public internal(set) var separatorSlopes: [Double]
  /// Parameters, and one.
  public let directions: Int
  /// Output times before the model left its range.
  public internal(set) var reached: Int
  /// Why it reached no more.
  public internal(set) var failure: String?

  init(rows: Int, directions: Int) {
    self.directions = directions
    reached = rows
    voltages = Array(repeating: 0, count: rows)
    temperatures = voltages
    separatorPotentials = voltages
    voltageSlopes = Array(repeating: 0, count: rows * directions)
    temperatureSlopes = voltageSlopes
    separatorSlopes = voltageSlopes
  }

  /// V a unit of charge at the start, how steep the voltage is in it; rows that were not reached as the last that
  /// was. Empty without slopes.
  var steepness: [Double] {
    guard directions > 0 else { return [] }
    var last = 0.0
    return voltages.indices.map { row in
      if row < reached { last = voltageSlopes[(row + 1) * directions - 1].magnitude }
      return last
    }
  }

  /// Moves what is shown by offsets of the open-circuit potentials, V.
  mutating func add(_ offsets: (positive: Double, negative: Double)) {
    guard offsets != (0, 0) else { return }
    for row in voltages.indices {
      voltages[row] += offsets.positive - offsets.negative
      separatorPotentials[row] += offsets.negative
    }
  }

  /// Slopes by them, where they are among the parameters.
  mutating func differentiateOffsets(_ parameters: [IdentifiedParameter]) {
    if let k = parameters.firstIndex(of: .openCircuitOffset) {
      for row in voltages.indices { voltageSlopes[row * directions + k] = 1 }
    }
    if let k = parameters.firstIndex(of: .negativeOpenCircuitOffset) {
      for row in voltages.indices {
        voltageSlopes[row * directions + k] = -1
        separatorSlopes[row * directions + k] = 1
      }
    }
  }
}
