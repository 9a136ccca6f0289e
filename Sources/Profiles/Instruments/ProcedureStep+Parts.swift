extension ProcedureStep {
  /// What the addends of a write are; empty for a check.
  public var terms: [Term] {
    switch action {
    case .write(_, let terms, _), .exchange(_, let terms, _): terms
    case .check: []
    case .ordered(let limit, let setpoint): limit.terms + setpoint.terms
    case .inTurn: [.argument(.hold)]
    }
  }

  /// Arguments that the step names.
  public var arguments: [StepArgument] {
    terms.compactMap { if case .argument(let argument) = $0 { argument } else { nil } }
  }

  /// Indices of the values that the step writes; none for a check.
  public var writtenValues: [Int] {
    switch action {
    case .write(let value, _, _), .exchange(let value, _, _): [value]
    case .check: []
    case .ordered(let limit, let setpoint): limit.writtenValues + setpoint.writtenValues
    case .inTurn(let pair): [pair.first.closing, pair.second.closing]
    }
  }
}
