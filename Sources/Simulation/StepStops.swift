import Electrochemistry
import Protocols
import Quantities

/// What may end a part of a step, in the order in which it counts.
struct StepStops {
  enum Meaning {
    case end(StepEnd)
    case turn
    case cutOff(CutOff)
  }

  private(set) var conditions: [StopCondition] = []
  private(set) var meanings: [Meaning] = []

  /// - Parameters:
  ///   - row: just after the control was imposed.
  ///   - moved: net charge of the step's parts before, A h.
  init(
    _ step: ProtocolStep, _ phase: StepPhase, at row: SolverRow, moved: Double, ambient: Double,
    _ setting: ExperimentSetting
  ) {
    for end in step.ends {
      guard
        let condition = Self.condition(end, at: row, moved: moved, ambient: ambient, setting)
      else { continue }
      conditions.append(condition)
      meanings.append(.end(end))
    }
    if let turn = phase.turn {
      conditions.append(turn)
      meanings.append(.turn)
    }
    if let (side, condition) = phase.cutOff(setting),
      !conditions.contains(where: { $0.comesNoLater(than: condition) }),
      !Self.isPulse(step, beyond: condition, at: row)
    {
      conditions.append(condition)
      meanings.append(.cutOff(side))
    }
  }

  /// A current for a stated time that is past the cut-off from its first instant on: a pulse near
  /// full or empty (HPPC). Nothing crosses, so nothing ends it but its time, as in PyBaMM.
  private static func isPulse(
    _ step: ProtocolStep, beyond condition: StopCondition, at row: SolverRow
  ) -> Bool {
    guard case .current = step.mode, step.duration != nil else { return false }
    return condition.isMet(at: row, since: row)
  }

  private static func condition(
    _ end: StepEnd, at row: SolverRow, moved: Double, ambient: Double,
    _ setting: ExperimentSetting
  ) -> StopCondition? {
    func side(_ side: StepEnd.Side) -> StopCondition.Side {
      side == .atLeast ? .atLeast : .atMost
    }
    switch end {
    // The run's own length, and a chamber that is where it was sent at once.
    case .duration, .chamberArrived: return nil
    case .voltage(let way, let bound): return StopCondition(.voltage, side(way), bound.value)
    case .currentBelow(let bound):
      let amperes = bound.amperes(nominal: AmpereHours(setting.nominalCapacity)).value
      return StopCondition(.currentMagnitude, .atMost, amperes.magnitude)
    case .temperature(let way, let bound):
      return StopCondition(.temperature, side(way), bound.value + 273.15)
    case .charge(let bound):
      return StopCondition(.chargeMoved, .atLeast, bound.value - moved.magnitude)
    case .stateOfCharge(let way, let bound):
      return StopCondition(.stateOfCharge, side(way), bound.value)
    case .nearAmbient(let bound):
      return row.outputs.temperature > ambient
        ? StopCondition(.temperature, .atMost, ambient + bound.value)
        : StopCondition(.temperature, .atLeast, ambient - bound.value)
    }
  }

  /// The first that holds at `row`.
  func met(at row: SolverRow, since start: SolverRow) -> Meaning? {
    conditions.firstIndex { $0.isMet(at: row, since: start) }.map { meanings[$0] }
  }
}

extension StopCondition {
  /// Whether this one on the same quantity is met whenever the other is.
  fileprivate func comesNoLater(than other: StopCondition) -> Bool {
    guard quantity == other.quantity, side == other.side else { return false }
    return side == .atLeast ? bound <= other.bound : bound >= other.bound
  }
}
