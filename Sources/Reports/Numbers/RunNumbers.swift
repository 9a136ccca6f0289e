/// The numbers that a report shows, each computed by SQL from the journal. Nil where the journal
/// holds nothing to compute it from.
public struct RunNumbers: Sendable, Encodable {
  /// First to last sample, stops included, s.
  public var durationSecond: Double?
  /// How often the run was begun or went on after a stop.
  public var sittingCount = 0
  /// For how long it stood still between sittings, s.
  public var stoppedSecond = 0.0
  /// Number of samples.
  public var sampleCount = 0
  /// Samples without a valid cell voltage or current.
  public var incompleteSamples = 0
  /// Charge into the cell, Ah: trapezoids of the measured current's positive part.
  public var chargedAmpereHour: Double?
  /// Charge out of the cell, Ah, a positive number.
  public var dischargedAmpereHour: Double?
  /// Energy into the cell, Wh.
  public var chargedWattHour: Double?
  /// Energy out of the cell, Wh, a positive number.
  public var dischargedWattHour: Double?
  /// Highest valid surface reading of any channel, degC.
  public var surfaceTemperatureMaximumCelsius: Double?
  /// Root mean square of the voltage innovation (measured - predicted), mV.
  public var innovationRmsMillivolt: Double?
  /// Mean of the voltage innovation, mV.
  public var innovationMeanMillivolt: Double?
  /// Normalised innovation squared per assimilated channel: 1 when the filter's bands are honest.
  public var normalisedInnovationPerChannel: Double?
  /// State of charge at the end, 0..1.
  public var stateOfChargeFinal: Double?
  /// Its standard deviation.
  public var stateOfChargeFinalSd: Double?
  /// Closed-loop decisions: those of phases that ride a limit, apart from their protocol steps.
  public var closedLoopDecisions = 0
  /// Share of the closed-loop decisions that each limit bound, by its name in the journal.
  public var bindingShares: [String: Double] = [:]
  /// Lowest estimate of the negative potential at the separator in the closed-loop charge, mV.
  public var platingPotentialMinimumMillivolt: Double?
  /// Lowest estimate - 2 sd of the same, mV.
  public var platingPotentialMinimumLess2SdMillivolt: Double?
  /// Scans in which the twin missed its deadline.
  public var deadlineMisses = 0
  /// Commands whose read-back disagreed.
  public var disagreeingCommands = 0
  /// Wall time of a scan that half of all scans did not exceed (nearest rank), ms.
  public var scanTimeP50Millisecond: Double?
  /// Wall time of a scan that 99 % of all scans did not exceed (nearest rank), ms.
  public var scanTimeP99Millisecond: Double?
  /// Longest wall time of a scan, ms.
  public var scanTimeMaximumMillisecond: Double?
  /// Phase by phase.
  public var phases: [PhaseNumbers] = []
  /// Charges, and how they compare.
  public var comparison = ComparisonNumbers()

  enum CodingKeys: String, CodingKey {
    case durationSecond = "duration_second"
    case sittingCount = "sitting_count"
    case stoppedSecond = "stopped_second"
    case sampleCount = "sample_count"
    case incompleteSamples = "incomplete_samples"
    case chargedAmpereHour = "charged_ampere_hour"
    case dischargedAmpereHour = "discharged_ampere_hour"
    case chargedWattHour = "charged_watt_hour"
    case dischargedWattHour = "discharged_watt_hour"
    case surfaceTemperatureMaximumCelsius = "surface_temperature_maximum_celsius"
    case innovationRmsMillivolt = "innovation_rms_millivolt"
    case innovationMeanMillivolt = "innovation_mean_millivolt"
    case normalisedInnovationPerChannel = "normalised_innovation_per_channel"
    case stateOfChargeFinal = "state_of_charge_final"
    case stateOfChargeFinalSd = "state_of_charge_final_sd"
    case closedLoopDecisions = "closed_loop_decisions"
    case bindingShares = "binding_shares"
    case platingPotentialMinimumMillivolt = "plating_potential_minimum_millivolt"
    case platingPotentialMinimumLess2SdMillivolt = "plating_potential_minimum_less_2_sd_millivolt"
    case deadlineMisses = "deadline_misses"
    case disagreeingCommands = "disagreeing_commands"
    case scanTimeP50Millisecond = "scan_time_p50_millisecond"
    case scanTimeP99Millisecond = "scan_time_p99_millisecond"
    case scanTimeMaximumMillisecond = "scan_time_maximum_millisecond"
    case phases, comparison
  }
}
