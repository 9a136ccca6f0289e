public import Records

/// What a person wants to know of a run at this moment. Nil is "not known".
public struct RunProgress: Sendable {
  /// The phase in words.
  public var phase = ""
  /// The step in words.
  public var step = ""
  /// Time on the pace clock, s.
  public var time = 0.0
  /// Cell voltage, V.
  public var voltage: Double?
  /// Current, A, positive when it charges.
  public var current: Double?
  /// Mean surface temperature, degC.
  public var temperature: Double?
  /// State of charge, 0..1.
  public var stateOfCharge: Estimated?
  /// Negative potential at the separator, V.
  public var platingPotential: Estimated?
  /// What limited the last decision.
  public var binding: Decision.Binding?
  /// Expected time to the end of the step, s.
  public var timeLeft: Double?
  /// Twin deadlines missed so far.
  public var deadlineMisses = 0

  /// Nothing known yet.
  public init() {}
}
