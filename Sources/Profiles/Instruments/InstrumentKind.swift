/// What an instrument does on a bench; also its role there.
public enum InstrumentKind: String, Sendable, Hashable, CaseIterable {
  case source, load, meter, thermometer, contactor, pace, chamber
  /// Source and load in one: its current has a sign, positive when it charges.
  case bidirectional

  /// Channels that a profile of this kind must deliver under exactly these names.
  public var requiredChannels: [String] {
    switch self {
    case .source, .load, .bidirectional: ["voltage", "current", "is_on", "protection_tripped"]
    case .contactor: ["closed"]
    case .pace: ["time"]
    case .chamber: ["actual"]
    case .meter, .thermometer: []
    }
  }

  /// Commands that a profile of this kind must bind.
  public var requiredCommands: [CommandName] {
    switch self {
    case .source: [.setCurrent, .setCeiling, .switchOn, .switchOff]
    case .load: [.setCurrent, .switchOn, .switchOff]
    case .bidirectional:
      [.turnToSource, .setCurrent, .turnToSink, .setSinkCurrent, .switchOn, .switchOff]
    case .contactor: [.rearm, .openContactor]
    case .pace: [.advance]
    case .chamber: [.setAmbient]
    case .meter, .thermometer: []
    }
  }

  /// Whether current can flow through it, so that its safe procedure must not be empty.
  public var carriesCurrent: Bool {
    [.source, .load, .bidirectional, .contactor].contains(self)
  }
}
