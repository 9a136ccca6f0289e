public import Estimation

/// What a frozen copy of a shadow's filter said of a later instant, knowing nothing but the current.
public struct ShadowForecast: Sendable, Hashable {
  /// When it was frozen, s of the record.
  public var from: Double
  /// Of what instant it speaks, s of the record.
  public var to: Double
  /// V, a reading's noise included.
  public var voltage: Normal
  /// V.
  public var measured: Double
}
