public import Quantities

/// What is wanted of the transition machine.
public struct DriveRequest: Sendable, Hashable {
  /// Admitted current, positive charges.
  public var current: Amperes
  /// Whether the contactor is to be held closed.
  public var contactor: Bool

  /// Whether a side that is on may stay on: a rest keeps it on at zero.
  public var mayStayOn: Bool

  /// A request from its parts.
  public init(current: Amperes, contactor: Bool, mayStayOn: Bool = true) {
    self.current = current
    self.contactor = contactor
    self.mayStayOn = mayStayOn
  }

  /// Both sides off.
  public static func off(contactor: Bool) -> DriveRequest {
    DriveRequest(current: .zero, contactor: contactor, mayStayOn: false)
  }
}
