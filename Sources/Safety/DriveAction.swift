public import Quantities

/// What a transition asks of the hardware in one control period.
public enum DriveAction: Sendable, Hashable {
  /// Nothing.
  case none
  /// Set-point of the supply that is on.
  case setSource(Amperes)
  /// Set-point of the load that is on.
  case setLoad(Amperes)
  /// Set-point, then output on.
  case startSource(Amperes)
  /// Set-point, then input on.
  case startLoad(Amperes)
  /// Current to zero, then off.
  case stopSource
  /// Current to zero, then off.
  case stopLoad
}
