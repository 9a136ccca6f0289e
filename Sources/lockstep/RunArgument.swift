import ArgumentParser
import Foundation
import Journal

/// `RUN` and where to look for it, as `report`, `export` and `watch` take it.
struct RunArgument: ParsableArguments {
  @Argument(help: "A run's name, a path to its folder or journal, or `latest`.")
  var run: String

  @OptionGroup var place: DataOption

  /// Opens the journal that the person means.
  func open() throws(JournalError) -> (folder: String, reader: JournalReader) {
    let folder = try RunFolder.locate(run, in: place.runs)
    return (folder, try JournalReader(folder))
  }
}

/// Where runs are kept.
struct DataOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder that holds `runs`; $XDG_DATA_HOME/lockstep when not given.", valueName: "dir"))
  var data: String?

  var runs: String { RunFolder.runs(under: data) }
}

/// One JSON object on stdout instead of text.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print one JSON object on stdout.")
  var json = false

  /// Prints `value` on one line.
  static func print(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}

/// Runs the body of a command that works on journals; a failure gets the exit status that it means.
func reportingJournalErrors(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as JournalError {
    throw CommandFailure(status: error.code == .write ? 3 : 2, message: "\(error)")
  }
}
