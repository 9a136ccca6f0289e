public import Bench
public import Instruments
public import Quantities
public import Safety

/// What a procedure runs on, fixed before the first byte is sent.
public struct ProcedureBench {
  /// Instruments in the bench's order; one port each.
  public var instruments: [any Instrument]
  /// Who is who.
  public var wiring: BenchWiring
  /// The limits in force.
  public var envelope: Envelope
  /// What paces it.
  public var pace: BenchConfiguration.Pace
  /// Period of its scans.
  public var scan: Seconds
  /// Unix time of pace 0, s.
  public var unixStart: Double

  /// A bench from its parts.
  public init(
    instruments: [any Instrument], wiring: BenchWiring, envelope: Envelope,
    pace: BenchConfiguration.Pace, scan: Seconds, unixStart: Double
  ) {
    self.instruments = instruments
    self.wiring = wiring
    self.envelope = envelope
    self.pace = pace
    self.scan = scan
    self.unixStart = unixStart
  }
}
