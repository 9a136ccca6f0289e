public import Quantities

/// What a wiring test is held to, from bench, cell and limits.
public struct WiringTerms: Sendable, Hashable {
  /// Magnitude of the test's current.
  public var current: Amperes
  /// Below this magnitude nothing flows.
  public var zeroCurrent: Amperes
  /// What a cell of this chemistry shows at rest.
  public var window: ClosedRange<Volts>
  /// What may drop between a device and the cell's tabs at the test's current.
  public var leadDrop: Volts
  /// One standard deviation of the cell's voltage reading from sample to sample.
  public var voltageNoise: Volts
  /// How far two readings of one voltage may be apart.
  public var voltageTolerance: Volts
  /// How far two readings of the test's current may be apart.
  public var currentTolerance: Amperes
  /// How long the operator has to press the E-stop; nil: it is not asked for.
  public var emergencyStop: Seconds?
  /// How long a new order has to settle before it is measured.
  public var settling: Seconds
  /// Samples that are averaged in each stage.
  public var count: Int

  /// Terms from their parts.
  public init(
    current: Amperes, zeroCurrent: Amperes, window: ClosedRange<Volts>, leadDrop: Volts,
    voltageNoise: Volts, voltageTolerance: Volts, currentTolerance: Amperes,
    emergencyStop: Seconds?, settling: Seconds = Seconds(2), count: Int = 8
  ) {
    self.current = current
    self.zeroCurrent = zeroCurrent
    self.window = window
    self.leadDrop = leadDrop
    self.voltageNoise = voltageNoise
    self.voltageTolerance = voltageTolerance
    self.currentTolerance = currentTolerance
    self.emergencyStop = emergencyStop
    self.settling = settling
    self.count = count
  }

  /// Below this a cell is reversed, shorted or absent (S11).
  public static let presence = Volts(0.5)
  /// How far thermometers may be apart at rest, K.
  public static let spread = 5.0
  /// How far a thermometer may move during the test, K.
  public static let drift = 2.0
}
