public import Instruments
internal import Profiles
public import Quantities

extension ModbusInstrument {
  /// Runs the steps that the profile binds to the command. A read-back that disagrees is returned,
  /// not thrown; the steps after it are not run.
  public func perform(_ command: Command, at now: Seconds) throws(InstrumentError) -> Readback {
    switch command {
    case .setCurrent(let current, let ceiling):
      return try set(current, ceiling: ceiling)
    case .switchOn: return try carryOut(.switchOn)
    case .switchOff: return try carryOut(.switchOff)
    case .rearm(let hold): return try carryOut(.rearm, StepArguments(hold: hold.value))
    case .openContactor: return try carryOut(.openContactor)
    case .setAmbient(let ambient):
      return try carryOut(.setAmbient, StepArguments(ambient: ambient.value))
    case .advance(let duration):
      guard duration.value >= 0 else {
        throw error(.unsupported, "advance by \(duration): time runs forward only")
      }
      return try carryOut(.advance, StepArguments(duration: duration.value))
    }
  }

  // The ceiling goes first, and only when it changed: current follows into a device that keeps it.
  private func set(_ current: Amperes, ceiling wanted: Volts) throws(InstrumentError) -> Readback {
    guard current.isFinite, current >= .zero else {
      throw error(.unsupported, "set current to \(current): a magnitude is wanted")
    }
    if let rating = profile.rating.current, current > rating {
      throw error(.unsupported, "set current to \(current): at most \(rating) by its rating")
    }
    if profile.commands[.setCeiling] != nil, ceiling != wanted.value {
      if let rating = profile.rating.voltage, !(wanted <= rating) {
        throw error(.unsupported, "set ceiling to \(wanted): at most \(rating) by its rating")
      }
      ceiling = nil
      let readback = try carryOut(.setCeiling, StepArguments(ceiling: wanted.value))
      guard readback.agrees else { return readback }
      ceiling = wanted.value
    }
    return try carryOut(.setCurrent, StepArguments(current: current.value))
  }

  private func carryOut(
    _ name: CommandName, _ arguments: StepArguments = StepArguments()
  ) throws(InstrumentError) -> Readback {
    guard let steps = profile.commands[name], !steps.isEmpty else {
      throw error(.unsupported, "a \(profile.kind.rawValue) does not take \(name.rawValue)")
    }
    guard let readback = try run(steps, arguments) else {
      throw error(.unsupported, "\(name.rawValue) reads nothing back")
    }
    return readback
  }
}
