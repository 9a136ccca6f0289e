public import Quantities

/// The transition machine: who is on, in which direction, and whether the contactor is held. One pure
/// state machine.
///
/// Laws (S7, S13, S14): nothing is energised before the instruments' limits are armed, nor after the bench
/// was made safe; never both on; a side starts only after the other is *seen* off and the measured
/// current is below `zeroCurrent`; the contactor changes only while nothing flows and nothing is on;
/// with the contactor open the supply never starts, and the load only to show that nothing flows; a
/// request for zero keeps the running side on at zero, so that rests do not wear relays.
public struct DriveMachine: Sendable, Hashable {
  /// Where the machine is.
  public private(set) var state = DriveState.unarmed
  /// Whether this scan's safe verdict may re-arm the contactor.
  public private(set) var holdsContactor = false

  /// A machine that may energise nothing yet.
  public init() {}

  /// Every instrument's limits were armed and read back. Outputs count as on until they are seen off.
  public mutating func armed() {
    if state == .unarmed { state = .settling }
  }

  /// A trip, a failure or the end: for good.
  public mutating func makeSafe() {
    state = .safe
    holdsContactor = false
  }

  /// One scan.
  ///
  /// - Parameter sample: this scan's sample.
  /// - Parameter zeroCurrent: measured magnitude below which nothing flows.
  public mutating func next(
    _ request: DriveRequest, on sample: Sample, zeroCurrent: Amperes
  ) -> DriveAction {
    switch state {
    case .unarmed, .safe: return .none
    case .settling, .idle:
      guard Self.isQuiet(sample, zeroCurrent) else {
        state = .settling
        return .none
      }
      state = .idle
      guard request.contactor == holdsContactor else {
        holdsContactor = request.contactor
        return .none
      }
      return start(request.current, sample)
    case .sourcing:
      if request.mayStayOn, request.current >= .zero, request.contactor {
        return .setSource(request.current)
      }
      state = .settling
      return .stopSource
    case .sinking:
      if request.mayStayOn, request.current <= .zero, request.contactor == holdsContactor {
        return .setLoad(request.current.magnitude)
      }
      state = .settling
      return .stopLoad
    }
  }

  private mutating func start(_ current: Amperes, _ sample: Sample) -> DriveAction {
    // Where its state can be read, a contactor that is held must be seen closed.
    let isReady = !holdsContactor || sample.contactorClosed.valid == true || !sample.contactorIsRead
    if current > .zero, holdsContactor, isReady {
      state = .sourcing
      return .startSource(current)
    }
    if current < .zero, isReady {
      state = .sinking
      return .startLoad(current.magnitude)
    }
    return .none
  }

  static func isQuiet(_ sample: Sample, _ zeroCurrent: Amperes) -> Bool {
    sample.source.isOn.valid == false && sample.load.isOn.valid == false
      && (sample.current.valid.map { $0.magnitude < zeroCurrent } ?? false)
  }
}
