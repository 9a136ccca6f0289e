import Journal
import Records

/// What a report shows apart from numbers and curves.
struct ReportFacts {
  let header: RunHeader?
  let ending: RunEnding?
  let inputs: [InputCopy]
  let events: [Event]

  init(_ view: JournalView) throws {
    header = try view.header()
    ending = try view.ending()
    inputs = try view.inputs()
    var events: [Event] = []
    try view.events { events.append($0) }
    self.events = events
  }

  /// The meaning of the run's exit status.
  var outcome: (isGood: Bool, text: String) {
    guard let ending else {
      return (false, "No end on record: the run goes on, or was cut off.")
    }
    let meaning =
      switch ending.status {
      case 0: "Completed"
      case 1: "Ended by a safety trip or a cut-off"
      case 2: "Refused: bad input"
      case 3: "Hardware, bus or disk failed; made safe"
      case 4: "The computation could not go on"
      case 130: "Stopped by a person; made safe"
      default: "Ended"
      }
    let message = ending.message.isEmpty ? "" : ": \(ending.message)"
    return (ending.status == 0, "\(meaning) (exit \(ending.status))\(message)")
  }
}
