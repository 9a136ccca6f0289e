public import Quantities

/// What decides on a charge's current.
public enum ChargePolicy: Sendable, Hashable {
  /// A constant current until a voltage is reached, which is then held; nil: chosen by the model, as the
  /// fastest pair that is predicted to keep every limit.
  case cccv(current: Amperes?, voltage: Volts?)
  /// The largest current that keeps every limit over the next control period.
  case ride
  /// The currents of a horizon that cost least, the rest of the charge by riding.
  case mpc(PredictiveCharge)

  /// Its word in files and journals.
  public var name: String {
    switch self {
    case .cccv: "cccv"
    case .ride: "ride"
    case .mpc: "mpc"
    }
  }
}
