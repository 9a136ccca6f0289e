public import Quantities

/// A condition that ends a step.
public enum StepEnd: Sendable, Hashable {
  /// Which side of a bound ends the step.
  public enum Side: Sendable, Hashable { case atLeast, atMost }

  /// Time since the step began.
  case duration(Seconds)
  /// Cell voltage.
  case voltage(Side, Volts)
  /// Magnitude of the current at or below a positive bound.
  case currentBelow(CurrentValue)
  /// Surface temperature.
  case temperature(Side, Celsius)
  /// Magnitude of the net charge moved in this step.
  case charge(AmpereHours)
  /// State of charge, as estimated.
  case stateOfCharge(Side, StateOfCharge)
  /// Surface temperature less than this from the ambient temperature.
  case nearAmbient(Kelvins)
  /// Ambient temperature less than this from the chamber's set-point: a chamber step's own end.
  case chamberArrived(Celsius, within: Kelvins)
}

extension StepEnd: CustomStringConvertible {
  /// As in `voltage >= 4.2 V`.
  public var description: String {
    func sign(_ side: Side) -> String { side == .atLeast ? ">=" : "<=" }
    return switch self {
    case .duration(let time): "time >= \(time)"
    case .voltage(let side, let bound): "voltage \(sign(side)) \(bound)"
    case .currentBelow(let bound): "|current| <= \(bound)"
    case .temperature(let side, let bound): "surface temperature \(sign(side)) \(bound)"
    case .charge(let bound): "|charge| >= \(bound)"
    case .stateOfCharge(let side, let bound):
      "state of charge \(sign(side)) \((bound.value * 1e4).rounded() / 100) %"
    case .nearAmbient(let bound): "|surface - ambient| < \(bound)"
    case .chamberArrived(let target, let bound): "|ambient - \(target)| < \(bound)"
    }
  }
}
