/// What a profile may bind to steps, by its key under `[command]`.
public enum CommandName: String, Sendable, Hashable, CaseIterable {
  /// Source, load, or bidirectional as a source: the magnitude of the current; argument `current`.
  case setCurrent = "set_current"
  /// Source: the highest voltage it may go to; argument `ceiling`.
  case setCeiling = "set_ceiling"
  /// Bidirectional: from now on a source up to the argument `ceiling`, with both currents 0.
  case turnToSource = "turn_to_source"
  /// Bidirectional: from now on a load, with both currents 0.
  case turnToSink = "turn_to_sink"
  /// Bidirectional as a load: the magnitude of the current; argument `current`.
  case setSinkCurrent = "set_sink_current"
  /// Output or input on.
  case switchOn = "switch_on"
  /// Output or input off.
  case switchOff = "switch_off"
  /// Contactor: close, or stay closed, for the argument `hold`.
  case rearm
  /// Contactor: open now.
  case openContactor = "open_contactor"
  /// Alarm output on.
  case soundAlarm = "sound_alarm"
  /// Alarm output off.
  case silenceAlarm = "silence_alarm"
  /// Chamber: new set-point; argument `ambient`.
  case setAmbient = "set_ambient"
  /// Pace: run on by the argument `duration`.
  case advance

  /// Arguments that the command's steps may name.
  public var arguments: [StepArgument] {
    switch self {
    case .setCurrent, .setSinkCurrent: [.current]
    case .setCeiling, .turnToSource: [.ceiling]
    case .rearm: [.hold]
    case .setAmbient: [.ambient]
    case .advance: [.duration]
    case .switchOn, .switchOff, .turnToSink, .openContactor, .soundAlarm, .silenceAlarm: []
    }
  }
}

/// A number that the driver puts into a step when it runs.
public enum StepArgument: String, Sendable, Hashable, CaseIterable {
  /// Magnitude of the current, A.
  case current
  /// Highest voltage of a source, V.
  case ceiling
  /// Time that a contactor stays closed, s.
  case hold
  /// Set-point of a chamber, degC.
  case ambient
  /// How far the pace runs on, s.
  case duration
  /// Over-voltage limit to arm, V.
  case voltageLimit = "voltage_limit"
  /// Over-current limit to arm, A.
  case currentLimit = "current_limit"
  /// Over-power limit to arm, W.
  case powerLimit = "power_limit"

  /// The limits that an `arm` procedure may name.
  public static let limits: [StepArgument] = [.voltageLimit, .currentLimit, .powerLimit]
}
