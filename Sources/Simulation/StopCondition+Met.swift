import Electrochemistry

extension StopCondition {
  /// Whether it holds at `row` of a run that began at `start`.
  func isMet(at row: SolverRow, since start: SolverRow) -> Bool {
    let value = value(at: row, since: start)
    return side == .atLeast ? value >= bound : value <= bound
  }

  private func value(at row: SolverRow, since start: SolverRow) -> Double {
    switch quantity {
    case .voltage: row.outputs.voltage
    case .currentMagnitude: row.current.magnitude
    case .current: row.current
    case .temperature: row.outputs.temperature
    case .negativeSurfaceStoichiometry: row.outputs.negativeSurfaceStoichiometry
    case .positiveSurfaceStoichiometry: row.outputs.positiveSurfaceStoichiometry
    case .negativePotentialAtSeparator: row.outputs.negativePotentialAtSeparator
    case .chargeMoved: (row.netCapacity - start.netCapacity).magnitude
    case .stateOfCharge: row.outputs.stateOfCharge
    }
  }
}
