public import Quantities

/// Mean and standard deviation of one estimated quantity, in SI or the unit its name carries.
public struct Estimated: Sendable, Hashable {
  /// Mean.
  public var mean: Double
  /// Standard deviation, discrepancy included.
  public var sd: Double

  /// From its two moments.
  public init(_ mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }
}

/// What the twin believes after assimilating one sample.
public struct Estimate: Sendable, Hashable {
  /// Scan that it belongs to.
  public var scan: Int
  /// Time of that scan on the pace clock.
  public var time: Seconds
  /// Predicted cell voltage before the update, V; its sd includes sensor noise.
  public var predictedVoltage: Estimated
  /// Innovation of the voltage (measured - predicted), V.
  public var voltageInnovation: Double
  /// Squared normalised innovation over all channels assimilated, and their number.
  public var normalisedInnovationSquared: Double
  /// How many channels were assimilated (0 when all were gated or missing).
  public var assimilatedChannels: Int
  /// State of charge, 0..1.
  public var stateOfCharge: Estimated
  /// Cell temperature (volume mean), degC.
  public var temperature: Estimated
  /// Negative electrode potential at the separator (phi_s - phi_e), V.
  public var negativePotentialAtSeparator: Estimated
  /// x-averaged surface stoichiometry of the negative electrode.
  public var negativeSurfaceStoichiometry: Estimated
  /// x-averaged surface stoichiometry of the positive electrode.
  public var positiveSurfaceStoichiometry: Estimated
  /// Voltage discrepancy that the model cannot explain, V.
  public var discrepancy: Estimated
  /// Open-circuit voltage at the mean stoichiometries, V.
  public var openCircuitVoltage: Double

  /// An estimate with everything unknown.
  public init(scan: Int, time: Seconds) {
    let unknown = Estimated(.nan, sd: .nan)
    self.scan = scan
    self.time = time
    predictedVoltage = unknown
    voltageInnovation = .nan
    normalisedInnovationSquared = .nan
    assimilatedChannels = 0
    stateOfCharge = unknown
    temperature = unknown
    negativePotentialAtSeparator = unknown
    negativeSurfaceStoichiometry = unknown
    positiveSurfaceStoichiometry = unknown
    discrepancy = unknown
    openCircuitVoltage = .nan
  }
}
