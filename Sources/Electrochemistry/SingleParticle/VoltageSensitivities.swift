import Kernels

/// Voltages, and what else the model shows, with their derivatives at output times.
public struct VoltageSensitivities: Sendable {
  /// s, as asked.
  public let times: [Double]
  /// In the order of the columns of `derivatives`.
  public let directions: [SensitivityDirection]
  /// V, one for each time.
  public internal(set) var voltages: [Double]
  /// Row-major, a row for each time: entry (i, k) at i x directions.count + k.
  public internal(set) var derivatives: [Double]
  /// phi_s - phi_e of the negative electrode at the separator, V; empty where the model gives none.
  public internal(set) var separatorPotentials: [Double] = []
  /// Laid out as `derivatives`.
  public internal(set) var separatorDerivatives: [Double] = []
  /// Of the cell, K; empty where the model has none of its own.
  public internal(set) var temperatures: [Double] = []
  /// K, laid out as `derivatives`.
  public internal(set) var temperatureDerivatives: [Double] = []
  /// On BPX's scale; empty where the model gives none.
  public internal(set) var statesOfCharge: [Double] = []
  /// Times that the model reached; what lies after them holds zeros. All of them after `solve`.
  public internal(set) var reached: Int
  /// Why it reached no more; nil where it did.
  public internal(set) var failure: ModelError?
  /// Steps taken, for each eight directions.
  public internal(set) var statistics = SolverStatistics()

  init(times: [Double], directions: [SensitivityDirection]) {
    self.times = times
    self.directions = directions
    reached = times.count
    voltages = Array(repeating: 0, count: times.count)
    derivatives = Array(repeating: 0, count: times.count * directions.count)
  }

  /// Room for separator potential, temperature and state of charge.
  mutating func widen() {
    separatorPotentials = voltages
    separatorDerivatives = derivatives
    temperatures = voltages
    temperatureDerivatives = derivatives
    statesOfCharge = voltages
  }

  /// One row of values.
  mutating func set(_ row: Int, _ shown: TerminalValues<Double>) {
    voltages[row] = shown.voltage
    temperatures[row] = shown.temperature
    separatorPotentials[row] = shown.negativePotentialAtSeparator
    statesOfCharge[row] = shown.stateOfCharge
  }

  /// One row, with the derivatives of a chunk of directions.
  mutating func set(_ row: Int, _ shown: TerminalValues<Dual8>, _ chunk: Range<Int>) {
    voltages[row] = shown.voltage.value
    temperatures[row] = shown.temperature.value
    separatorPotentials[row] = shown.negativePotentialAtSeparator.value
    statesOfCharge[row] = shown.stateOfCharge.value
    for k in chunk {
      let (at, lane) = (row * directions.count + k, k - chunk.lowerBound)
      derivatives[at] = shown.voltage.partials[lane]
      temperatureDerivatives[at] = shown.temperature.partials[lane]
      separatorDerivatives[at] = shown.negativePotentialAtSeparator.partials[lane]
    }
  }
}
