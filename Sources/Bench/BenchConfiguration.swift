public import Instruments
public import Quantities
public import Safety

/// Everything a bench run is made of, fixed before the first byte is sent.
public struct BenchConfiguration {
  /// What paces the run.
  public enum Pace: Sendable, Hashable {
    /// The monotonic clock.
    case real
    /// A stepped clock that is a device on the rig's bus.
    case stepped
  }

  /// Instruments in the bench's order.
  public var instruments: [any Instrument]
  /// Who is who.
  public var wiring: BenchWiring
  /// The limits in force in each phase of the campaign; fixed before the run, at least one.
  public var envelopes: [Envelope]
  /// What is held against the samples beside the limits.
  public var monitor: MonitorRules
  /// What is shown before the first current and after the last.
  public var startCheck: StartCheck.Rules
  /// How long voltage and temperatures are watched after a trip, pace time (S9).
  public var tripWatch: Seconds
  /// How far admission stays from every limit on temperature: 5 sd of the thermometers and their resolution.
  public var temperatureReserve: Kelvins
  /// What paces the run.
  public var pace: Pace
  /// Scan period, s of pace time.
  public var scan: Seconds
  /// Scans in one control period.
  public var scansPerControl: Int
  /// Unix time of pace 0, s.
  public var unixStart: Double

  /// A configuration from its parts.
  public init(
    instruments: [any Instrument], wiring: BenchWiring, envelopes: [Envelope],
    monitor: MonitorRules, startCheck: StartCheck.Rules, tripWatch: Seconds,
    temperatureReserve: Kelvins, pace: Pace,
    scan: Seconds, scansPerControl: Int, unixStart: Double
  ) {
    self.instruments = instruments
    self.wiring = wiring
    precondition(!envelopes.isEmpty, "a run needs the limits of one phase at least")
    self.envelopes = envelopes
    self.monitor = monitor
    self.startCheck = startCheck
    self.tripWatch = tripWatch
    self.temperatureReserve = temperatureReserve
    self.pace = pace
    self.scan = scan
    self.scansPerControl = scansPerControl
    self.unixStart = unixStart
  }

  /// Control period, s of pace time.
  public var control: Seconds { scan * Double(scansPerControl) }
}
