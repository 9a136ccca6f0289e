/// The limits that one source contributes: instrument, bench, cell, campaign or step.
public struct LimitLayer: Sendable, Hashable {
  /// Where limits come from, outermost first; an inner layer must nest in every outer one.
  public enum Origin: String, Sendable, Hashable, CaseIterable, Comparable {
    case instrument, bench, cell, campaign, step

    /// Orders from outermost to innermost.
    public static func < (a: Self, b: Self) -> Bool {
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  /// Which layer this is.
  public var origin: Origin
  /// What a person finds it by: a file and, where there is one, a line.
  public var source: String
  /// The limits; a kind that is absent is not limited by this layer.
  public var bands: [LimitKind: LimitBand]
  /// For how long a soft limit may be passed before it trips; none where absent. Hard kinds take none.
  public var delays: [LimitKind: Seconds]
  /// Largest charge current by surface temperature, ascending, as `from..<to`; empty: no table.
  public var chargeCurrent: [TemperatureRow]
  /// Largest discharge current (a positive number) by surface temperature; empty: no table.
  public var dischargeCurrent: [TemperatureRow]

  /// One row of a derating table.
  public struct TemperatureRow: Sendable, Hashable {
    /// Inclusive lower end.
    public var from: Celsius
    /// Exclusive upper end; inclusive in the last row.
    public var to: Celsius
    /// Largest magnitude of current.
    public var current: Amperes

    /// One row from its parts.
    public init(from: Celsius, to: Celsius, current: Amperes) {
      self.from = from
      self.to = to
      self.current = current
    }
  }

  /// A layer from its parts.
  public init(
    origin: Origin, source: String, bands: [LimitKind: LimitBand] = [:],
    delays: [LimitKind: Seconds] = [:], chargeCurrent: [TemperatureRow] = [],
    dischargeCurrent: [TemperatureRow] = []
  ) {
    self.origin = origin
    self.source = source
    self.bands = bands
    self.delays = delays
    self.chargeCurrent = chargeCurrent
    self.dischargeCurrent = dischargeCurrent
  }
}
