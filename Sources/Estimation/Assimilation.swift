/// What one assimilation did.
public struct Assimilation: Sendable, Hashable {
  /// Thermometers that a filter can read.
  public static let thermometerCapacity = 4

  /// Voltage predicted before the update, V; its sd includes the sensor.
  public var predictedVoltage = Normal.unknown
  /// What became of the voltage.
  public var voltage = ChannelOutcome()
  /// Sum of squared normalised innovations over the channels assimilated.
  public var normalisedInnovationSquared = 0.0
  /// Channels assimilated.
  public var assimilatedChannels = 0
  /// Channels outside their gate.
  public var gatedChannels = 0
  /// The filter had lost the cell and was restarted with a wide prior before this update.
  public var restarted = false
  /// After the update.
  public var belief = CellBelief()

  /// Nothing done.
  public init() {}
}
