public import Quantities

/// The transition machine: who is on, in which direction. One pure state machine.
///
/// Laws (S7): never both on; a side starts only after the other is *seen* off and the measured
/// current is below `zeroCurrent`; a request for zero keeps the running side on at zero, so that rests
/// do not wear relays.
public struct DriveMachine: Sendable, Hashable {
  /// Where the machine is.
  public private(set) var state: DriveState

  /// Starts settling: outputs count as on until they are seen off.
  public init() { state = .settling }

  /// One control period.
  ///
  /// - Parameter current: admitted current, positive charges.
  /// - Parameter sample: this scan's sample.
  /// - Parameter zeroCurrent: measured magnitude below which nothing flows.
  public mutating func next(_ current: Amperes, on sample: Sample, zeroCurrent: Amperes)
    -> DriveAction
  {
    switch state {
    case .settling:
      guard Self.isQuiet(sample, zeroCurrent) else { return .none }
      state = .idle
      return next(current, on: sample, zeroCurrent: zeroCurrent)
    case .idle:
      guard current != .zero else { return .none }
      guard Self.isQuiet(sample, zeroCurrent) else {
        state = .settling
        return .none
      }
      state = current > .zero ? .sourcing : .sinking
      return current > .zero ? .startSource(current) : .startLoad(current.magnitude)
    case .sourcing:
      if current >= .zero { return .setSource(current) }
      state = .settling
      return .stopSource
    case .sinking:
      if current <= .zero { return .setLoad(current.magnitude) }
      state = .settling
      return .stopLoad
    }
  }

  /// After the bench was made safe by other means.
  public mutating func madeSafe() { state = .settling }

  static func isQuiet(_ sample: Sample, _ zeroCurrent: Amperes) -> Bool {
    sample.source.isOn.valid == false && sample.load.isOn.valid == false
      && (sample.current.valid.map { $0.magnitude < zeroCurrent } ?? false)
  }
}
