import ArgumentParser
import Foundation
import Journal
import Reports

/// `lockstep watch`: follows a run's journal in a terminal, and never touches the run.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Follow a run until it ends (Ctrl-C ends the view, not the run).",
    discussion: """
      Reads the journal, which is at most a second behind the bench. With --json it prints the \
      present state once.
      Example: lockstep watch latest
      """)

  @OptionGroup var target: RunArgument
  @OptionGroup var output: JSONOption

  private struct State: Encodable {
    let progress: RunProgress
    let status: Int?
    let message: String?
  }

  func run() throws {
    try reportingJournalErrors {
      let (_, reader) = try target.open()
      if output.json { return try JSONOption.print(try state(reader)) }
      var line = ProgressLine(style: Self.style)
      var shownEvents = 0
      while true {
        let (state, events) = try reader.read { view in
          (try self.state(view), try newEvents(view, after: &shownEvents))
        }
        for event in events { put(line.clearing + event + "\n") }
        if let text = line.next(state.progress, at: ProcessInfo.processInfo.systemUptime) {
          put(text)
        }
        if let status = state.status {
          put(line.clearing + "ended, exit \(status): \(state.message ?? "")\n")
          return
        }
        usleep(500_000)
      }
    }
  }

  private func state(_ reader: JournalReader) throws -> State {
    try reader.read { try state($0) }
  }

  private func state(_ view: JournalView) throws -> State {
    let ending = try view.ending()
    return State(
      progress: try RunProgress(view), status: ending?.status, message: ending?.message)
  }

  /// Events that were not shown yet; of what lies before the first look only warnings and worse.
  private func newEvents(_ view: JournalView, after id: inout Int) throws -> [String] {
    var lines: [String] = []
    let isFirst = id == 0
    try view.each(
      "SELECT id, severity, event, message FROM events WHERE id > ? ORDER BY id", [Double(id)]
    ) { row in
      id = row.int(0) ?? id
      let severity = row.text(1) ?? ""
      if isFirst, severity == "info" { return }
      lines.append("\(severity)  \(row.text(2) ?? "")  \(row.text(3) ?? "")")
    }
    return lines
  }

  private static var style: ProgressLine.Style {
    guard isatty(STDOUT_FILENO) == 1 else { return .plain(every: 5) }
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return .terminal(columns: isKnown ? Int(size.ws_col) : 80, every: 0.5)
  }

  private func put(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }
}
