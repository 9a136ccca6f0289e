public import Quantities

/// One charge that a policy decided on: what was promised when it began, or what happened.
public struct ChargeRecord: Sendable {
  /// Which of the two.
  public enum Stage: String, Sendable, Hashable, CaseIterable { case promised, happened }

  /// Which.
  public var stage: Stage
  /// When it was written down.
  public var time: Seconds
  /// Index of the phase in the campaign, from 0.
  public var phase: Int
  /// `cccv`, `ride` or `mpc`, with what was tuned.
  public var policy: String
  /// Estimate at the start, 0..1.
  public var stateOfChargeStart: Double
  /// To be reached, or the estimate at the end, 0..1.
  public var stateOfChargeEnd: Double
  /// Surface temperature at the start, degC.
  public var temperatureStart: Double
  /// s; NaN: not reached.
  public var duration: Double
  /// 95 % band of a promise, s.
  public var durationBand: (low: Double, high: Double)
  /// Highest cell voltage, V: predicted with its sd, or measured.
  public var voltageHighest: Estimated
  /// Highest surface temperature, degC.
  public var temperatureHighest: Estimated
  /// The negative potential at the separator where it is lowest less its band, V: predicted, or estimated.
  public var potentialLowest: Estimated

  /// A record with nothing known but where it belongs.
  public init(_ stage: Stage, time: Seconds, phase: Int, policy: String) {
    (self.stage, self.time, self.phase, self.policy) = (stage, time, phase, policy)
    (stateOfChargeStart, stateOfChargeEnd, temperatureStart) = (.nan, .nan, .nan)
    (duration, durationBand) = (.nan, (.nan, .nan))
    let unknown = Estimated(.nan, sd: .nan)
    (voltageHighest, temperatureHighest, potentialLowest) = (unknown, unknown, unknown)
  }

  /// In the order of the journal's columns.
  public var numbers: [Double] {
    [
      stateOfChargeStart, stateOfChargeEnd, temperatureStart, duration, durationBand.low,
      durationBand.high, voltageHighest.mean, voltageHighest.sd, temperatureHighest.mean,
      temperatureHighest.sd, potentialLowest.mean, potentialLowest.sd,
    ]
  }
}
