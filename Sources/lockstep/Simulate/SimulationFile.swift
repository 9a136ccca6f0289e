import Journal
import Simulation

/// The twin CSV of a simulation, row by row; it takes its name when it is committed.
final class SimulationFile {
  private var writer: AtomicFileWriter
  private(set) var rows = 0

  /// Opens it beside `path`; a signal from now on removes what was not committed.
  init(_ path: String) throws(JournalError) {
    writer = try AtomicFileWriter(path)
    StopSignals.remove(writer.temporaryPath)
    try writer.write(ExperimentTable.header)
  }

  func append(_ row: ExperimentRow) throws(JournalError) {
    try writer.write(ExperimentTable.line(row))
    rows += 1
  }

  func commit() throws(JournalError) { try writer.commit() }
}
