/// One experiment, real or planned, as far as its information goes: no measured values.
public struct InformationCase: Sendable {
  /// A quantity that is measured, with its errors.
  public enum Output: Sendable, Hashable {
    /// Of the terminals, V.
    case voltage(ErrorModel)
    /// Of the surface, K; nothing in an isothermal model.
    case temperature(ErrorModel)
    /// Negative electrode against a reference electrode at the separator, V.
    case separatorPotential(ErrorModel)
  }

  /// What flows.
  public var current: CurrentRecord
  /// s, increasing: when it is measured.
  public var times: [Double]
  /// At 0 s, on the file's scale.
  public var stateOfCharge: Double
  /// What is not known of it; 0: nothing.
  public var stateOfChargeSD: Double
  /// What is measured.
  public var outputs: [Output]

  /// Whether the negative electrode is measured against a reference electrode.
  public var hasReference: Bool {
    outputs.contains { if case .separatorPotential = $0 { true } else { false } }
  }

  /// A case from its parts.
  public init(
    current: CurrentRecord, times: [Double], stateOfCharge: Double, stateOfChargeSD: Double = 0.02,
    outputs: [Output]
  ) {
    self.current = current
    self.times = times
    self.stateOfCharge = stateOfCharge
    self.stateOfChargeSD = stateOfChargeSD
    self.outputs = outputs
  }

  /// A planned experiment that is measured every `period`, s, the jumps' instants left out.
  public init(
    current: CurrentRecord, period: Double, stateOfCharge: Double, stateOfChargeSD: Double = 0.02,
    outputs: [Output]
  ) {
    let count = Int(current.duration / period)
    let times = (1...max(count, 1)).map { min(Double($0) * period, current.duration) }
    self.init(
      current: current, times: times, stateOfCharge: stateOfCharge,
      stateOfChargeSD: stateOfChargeSD, outputs: outputs)
  }

  /// A record without what it measured; a reference electrode of it counts.
  public init(_ record: IdentificationRecord) {
    self.init(
      current: record.current, times: record.times, stateOfCharge: record.stateOfCharge,
      stateOfChargeSD: record.stateOfChargeSD,
      outputs: [.voltage(record.voltageErrors)]
        + (record.temperatures.isEmpty ? [] : [.temperature(record.temperatureErrors)])
        + (record.separatorPotentials.isEmpty
          ? [] : [.separatorPotential(record.separatorErrors)]))
  }
}
