/// A sensor that a filter no longer believes.
public struct SensorFault: Sendable, Hashable {
  /// Which sensor.
  public enum Channel: Sendable, Hashable {
    case voltage
    /// Of the negative electrode against a reference electrode.
    case reference
    /// Surface thermometer, from 0.
    case thermometer(Int)
  }

  /// What it does.
  public enum Kind: String, Sendable, Hashable {
    /// It reads another value from one sample to the next, and stays there.
    case jump
    /// It shows the same number again and again while it should not.
    case stuck
    /// It parts from what the rest of the bench says, and stays away: itself, the ambient sensor, or a
    /// cell that is another one.
    case disagreement
  }

  /// Which sensor.
  public var channel: Channel
  /// What it does.
  public var kind: Kind
  /// First sample of it, s.
  public var onset: Double
  /// Found at, s.
  public var found: Double
  /// Reading - prediction when it was found, V or K.
  public var size: Double
}
