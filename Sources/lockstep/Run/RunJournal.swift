import Bench
import Foundation
import Journal
import Profiles
import Quantities
import Records
import Synchronization

/// The journal of one run: queue, thread and the one line that says when its disk failed.
final class RunJournal {
  private let thread: JournalThread
  private let queue: RecordQueue
  private let isStepped: Bool
  private let firstFailure: Failure

  private final class Failure: Sendable {
    let line = Mutex<String?>(nil)
  }

  /// Opens the journal in the run's folder and starts its thread.
  ///
  /// - Parameter stepped: the scan may wait for room, since nothing moves meanwhile.
  init(folder: String, stepped: Bool) throws {
    let failure = Failure()
    queue = RecordQueue(capacity: 65_536)
    let writer = try JournalWriter.open(directory: folder)
    // A stepped run goes through minutes in half a second of wall time: what a death may cost is counted in
    // records there, some ten scans of them.
    thread = JournalThread(writer: writer, queue: queue, rows: stepped ? 64 : 4096) { error in
      failure.line.withLock { $0 = $0 ?? "journal: \(error)" }
    }
    firstFailure = failure
    isStepped = stepped
    try thread.start()
  }

  /// One line once the disk has failed.
  var failure: String? { firstFailure.line.withLock { $0 } }

  /// Takes a record; false when it was lost, which the journal counts and says.
  func take(_ record: Record) -> Bool {
    isStepped && failure == nil ? queue.pushWaiting(record) : queue.push(record)
  }

  /// What the run is, and a copy of every input, before the first sample.
  func begin(_ plan: RunPlan, _ bench: BenchConfiguration, run: String) throws {
    let campaign = plan.files.campaign
    _ = take(
      .header(
        RunHeader(
          run: run, asset: campaign.asset, bench: plan.files.bench.name,
          unixStart: bench.unixStart, pace: bench.pace == .stepped ? "stepped" : "real",
          version: Lockstep.version, versions: LinkedVersions.all,
          researchOverride: campaign.researchOverride.map { "\($0)" },
          scanPeriod: bench.scan.value, controlPeriod: bench.control.value)))
    for input in plan.inputs {
      _ = take(.input(role: input.role, name: input.name, content: input.content))
    }
    if let standing = plan.standing(unixTime: bench.unixStart) { _ = take(.event(standing)) }
    if let override = campaign.researchOverride {
      _ = take(
        .event(
          Event(
            time: .zero, unixTime: bench.unixStart, severity: .warning, id: "research_override",
            message: "\(override)")))
    }
  }

  /// Commits everything and closes the file. A disk that failed makes it a hardware ending.
  func end(_ outcome: Outcome, beat: () -> Void) -> Outcome {
    while !thread.flush(patience: 0.04), failure == nil { beat() }
    do {
      try thread.stop()
    } catch {
      return Outcome(status: 3, message: "\(outcome.message); journal: \(error)")
    }
    return outcome
  }
}
