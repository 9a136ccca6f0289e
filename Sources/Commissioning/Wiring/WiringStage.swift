/// The stages of a wiring test, in their order.
public enum WiringStage: Int, Sendable, Hashable, CaseIterable {
  /// Everything off, contactor open.
  case rest
  /// Contactor closed, everything off.
  case closed
  /// The supply gives the test's current.
  case charge
  /// The contactor opens under it.
  case chargeBroken
  /// Supply off.
  case supplyOff
  /// The load takes the test's current.
  case discharge
  /// The contactor opens under it.
  case dischargeBroken
  /// Load off.
  case loadOff
  /// The load takes the test's current until the operator presses the E-stop.
  case emergencyStop
  /// Everything off, contactor open.
  case end

  /// For a person.
  public var title: String {
    switch self {
    case .rest: "at rest, contactor open"
    case .closed: "contactor closed, nothing on"
    case .charge: "supply on at the test current"
    case .chargeBroken: "contactor opens under charge"
    case .supplyOff, .loadOff: "everything off"
    case .discharge: "load on at the test current"
    case .dischargeBroken: "contactor opens under discharge"
    case .emergencyStop: "PRESS THE E-STOP now; software goes on closing the contactor"
    case .end: "at rest again"
    }
  }
}
