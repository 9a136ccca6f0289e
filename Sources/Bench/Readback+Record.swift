package import Instruments
package import Quantities
package import Records

extension Readback {
  /// What the journal keeps of a command and what the device then read.
  package func record(
    of command: Command, by instrument: String, scan: Int, at now: Seconds
  ) -> CommandRecord {
    CommandRecord(
      scan: scan, time: now, instrument: instrument, command: command.words, requested: requested,
      readback: read, agrees: agrees)
  }

  /// One line when the device did not take it; nil when it did.
  package func fault(of command: Command, by instrument: String) -> String? {
    agrees ? nil : "\(instrument): \(command.words) \(requested), read back \(read)"
  }
}

extension Command {
  /// The command in words, for the journal.
  fileprivate var words: String {
    switch self {
    case .setCurrent: "set current"
    case .switchOn: "switch on"
    case .switchOff: "switch off"
    case .rearm: "re-arm"
    case .openContactor: "open contactor"
    case .soundAlarm: "sound alarm"
    case .silenceAlarm: "silence alarm"
    case .setAmbient: "set ambient"
    case .advance: "advance"
    }
  }
}
