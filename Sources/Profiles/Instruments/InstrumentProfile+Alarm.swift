extension InstrumentProfile {
  private static let alarm: [CommandName] = [.soundAlarm, .silenceAlarm]

  /// What an alarm may be: written by constants, which the guard can replay, shown by a check, and apart
  /// from everything else that is ever written.
  func checkAlarm() throws(ProfileError) {
    for name in Self.alarm {
      guard let steps = commands[name] else { continue }
      for other in Self.alarm where commands[other] == nil {
        throw refusal(steps.first, name, "\(other.rawValue) is wanted beside it")
      }
      guard let last = steps.last, case .check = last.action else {
        throw refusal(steps.last, name, "must end in a check")
      }
      for step in steps { try checkAlarm(step, name) }
    }
  }

  private func checkAlarm(_ step: ProcedureStep, _ name: CommandName) throws(ProfileError) {
    switch step.action {
    case .check: return
    case .exchange, .ordered, .inTurn:
      throw refusal(step, name, "plain writes and checks are wanted")
    case .write(let index, let terms, _):
      for term in terms {
        guard case .constant = term else { throw refusal(step, name, "a constant is wanted") }
      }
      let isShared = otherSteps.flatMap(\.writtenValues).contains {
        $0 == index || isSameOutput(values[$0], values[index])
      }
      guard !isShared else {
        throw refusal(
          step, name, "\(values[index].name) is written for something else: an output of its own")
      }
    }
  }

  /// Whether two registers, or two coils, are one under two names.
  private func isSameOutput(_ one: DeclaredValue, _ other: DeclaredValue) -> Bool {
    guard let function = one.writeFunction, let another = other.writeFunction else { return false }
    return (function == 5) == (another == 5) && one.addresses.overlaps(other.addresses)
  }

  /// Every step that has nothing to do with the alarm.
  private var otherSteps: [ProcedureStep] {
    open + arm + safe + close
      + commands.filter { !Self.alarm.contains($0.key) }.values.flatMap(\.self)
  }

  private func refusal(_ step: ProcedureStep?, _ name: CommandName, _ problem: String)
    -> ProfileError
  {
    ProfileError(file: file, line: step?.line, key: "command.\(name.rawValue)", problem)
  }
}
