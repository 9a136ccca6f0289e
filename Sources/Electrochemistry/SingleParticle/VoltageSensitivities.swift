/// Voltages and their derivatives at output times.
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
  /// Steps taken, for each eight directions.
  public internal(set) var statistics = SolverStatistics()

  init(times: [Double], directions: [SensitivityDirection]) {
    self.times = times
    self.directions = directions
    voltages = Array(repeating: 0, count: times.count)
    derivatives = Array(repeating: 0, count: times.count * directions.count)
  }
}
