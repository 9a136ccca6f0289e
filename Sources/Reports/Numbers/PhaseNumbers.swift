/// One row of a report's phase table.
public struct PhaseNumbers: Sendable, Encodable {
  /// Index in the campaign, from 0.
  public var phase: Int
  /// What the `phase.started` event said; empty when there was none.
  public var title: String
  /// Time of the first sample, s.
  public var startSecond: Double
  /// Time of the last sample, s.
  public var endSecond: Double
  /// Charge that went in minus what went out, Ah; an interval counts for the phase that it ends in.
  public var netAmpereHour: Double?
  /// Energy that went in minus what went out, Wh.
  public var netWattHour: Double?
  /// Highest valid surface reading of any channel, degC.
  public var surfaceTemperatureMaximumCelsius: Double?
  /// Root mean square of the voltage innovation, mV.
  public var innovationRmsMillivolt: Double?

  /// First to last sample, s.
  public var durationSecond: Double { endSecond - startSecond }

  enum CodingKeys: String, CodingKey {
    case phase, title
    case startSecond = "start_second"
    case endSecond = "end_second"
    case netAmpereHour = "net_ampere_hour"
    case netWattHour = "net_watt_hour"
    case surfaceTemperatureMaximumCelsius = "surface_temperature_maximum_celsius"
    case innovationRmsMillivolt = "innovation_rms_millivolt"
  }
}
