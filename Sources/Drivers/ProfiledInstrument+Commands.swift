public import Instruments
internal import Profiles
public import Quantities

extension ProfiledInstrument {
  /// Runs the steps that the profile binds to the command. A read-back that disagrees is returned,
  /// not thrown; the steps after it are not run.
  public func perform(_ command: Command, at now: Seconds) throws(InstrumentError) -> Readback {
    switch command {
    case .setCurrent(let current, let ceiling):
      return try set(current, ceiling: ceiling)
    case .switchOn:
      hasFallen = false
      let readback = try carryOut(.switchOn)
      isSwitchedOn = readback.agrees
      return readback
    case .switchOff:
      isSwitchedOn = false
      return try carryOut(.switchOff)
    case .rearm(let hold):
      return try carryOut(.rearm, StepArguments(hold: hold.value, time: now.value))
    case .openContactor: return try carryOut(.openContactor)
    case .soundAlarm: return try carryOut(.soundAlarm)
    case .silenceAlarm: return try carryOut(.silenceAlarm)
    case .setAmbient(let ambient):
      return try carryOut(.setAmbient, StepArguments(ambient: ambient.value))
    case .advance(let duration):
      guard duration.value >= 0 else {
        throw error(.unsupported, "advance by \(duration): time runs forward only")
      }
      return try carryOut(.advance, StepArguments(duration: duration.value))
    }
  }

  private func set(_ current: Amperes, ceiling wanted: Volts) throws(InstrumentError) -> Readback {
    let isTwoWay = profile.kind == .bidirectional
    guard current.isFinite, isTwoWay || current >= .zero else {
      throw error(.unsupported, "set current to \(current): a magnitude is wanted")
    }
    let magnitude = Amperes(abs(current.value))
    if let rating = profile.rating.current, magnitude > rating {
      throw error(.unsupported, "set current to \(current): at most \(rating) by its rating")
    }
    if current < .zero || isTwoWay && isSink && current == .zero {
      return try sink(magnitude)
    }
    let turning: CommandName = isTwoWay ? .turnToSource : .setCeiling
    // The ceiling goes first, and only when it changed: current follows into a device that keeps it.
    if profile.commands[turning] != nil, ceiling != wanted.value {
      if let rating = profile.rating.voltage, !(wanted <= rating) {
        throw error(.unsupported, "set ceiling to \(wanted): at most \(rating) by its rating")
      }
      (ceiling, isSink) = (nil, false)
      let readback = try carryOut(turning, StepArguments(ceiling: wanted.value))
      guard readback.agrees else { return readback }
      ceiling = wanted.value
    }
    return try carryOut(.setCurrent, StepArguments(current: current.value))
  }

  private func sink(_ magnitude: Amperes) throws(InstrumentError) -> Readback {
    if !isSink {
      ceiling = nil
      let readback = try carryOut(.turnToSink)
      guard readback.agrees else { return readback }
      isSink = true
    }
    let readback = try carryOut(.setSinkCurrent, StepArguments(current: magnitude.value))
    return Readback(
      requested: 0 - readback.requested, read: 0 - readback.read, agrees: readback.agrees)
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
