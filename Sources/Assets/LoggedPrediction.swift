/// One prediction made for an asset, before reality was known.
public struct LoggedPrediction: Sendable, Hashable {
  /// Where it stands in the log; 0 before it does.
  public var id: Int
  /// Number of the version that it was made from.
  public var version: Int
  /// When it was made, unix, s.
  public var unixTime: Double
  /// As in `voltage_volt`.
  public var quantity: String
  /// How far ahead, s.
  public var horizon: Double
  /// Under which conditions.
  public var condition: Condition
  /// Predicted mean, in the quantity's unit.
  public var mean: Double
  /// Its standard deviation, what a reading adds included.
  public var sd: Double

  /// What was assumed of the time up to the horizon.
  public enum Condition: Sendable, Hashable {
    /// A what-if: rested at a state of charge with an sd, then this current, A, positive charges, at an
    /// ambient temperature, degC.
    case current(Double, stateOfCharge: Double, stateOfChargeSD: Double, ambient: Double)
    /// A what-if under the steps of a protocol, one a line, from a rested state of charge.
    case steps(String, stateOfCharge: Double, stateOfChargeSD: Double, ambient: Double)
    /// The current that a record (its SHA-256) then had, from an instant of it on, s.
    case record(String, from: Double)
  }

  /// A prediction from its parts.
  public init(
    id: Int = 0, version: Int, unixTime: Double, quantity: String, horizon: Double,
    condition: Condition, mean: Double, sd: Double
  ) {
    self.id = id
    self.version = version
    self.unixTime = unixTime
    self.quantity = quantity
    self.horizon = horizon
    self.condition = condition
    self.mean = mean
    self.sd = sd
  }
}
