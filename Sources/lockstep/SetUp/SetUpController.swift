import Bench
import CRealtime
import Commissioning
import Foundation
import Guard
import Journal
import Profiles
import Quantities

/// What `commission` and `prove` run under the guard: a bench, a journal, and procedures on it.
struct SetUpController {
  let plan: RunPlan
  let folder: String
  let life: Lifeline
  let bench: ProcedureBench
  private let configuration: BenchConfiguration

  /// - Throws: with the guard told that nothing was sent, when plan or ports are not as they were.
  init(
    bench name: String, folder: String, digest: String, pace: RunCommand.PaceChoice,
    inherited: ControllerInheritance, life: Lifeline
  ) throws {
    do {
      plan = try RunPlan(settingUp: name)
      guard plan.digest == digest else {
        throw CommandFailure(
          status: 2, message: "an input file changed between validation and start: start again")
      }
      configuration = try plan.configuration(
        ports: inherited.ports, pace: pace == .stepped ? .stepped : .real,
        unixStart: Date().timeIntervalSince1970)
    } catch {
      life.madeSafe()
      throw error
    }
    self.folder = folder
    self.life = life
    bench = ProcedureBench(
      instruments: configuration.instruments, wiring: configuration.wiring,
      envelope: configuration.envelopes[0], pace: configuration.pace, scan: plan.testScan,
      unixStart: configuration.unixStart)
  }

  /// Runs the procedures to their end, journalled; latches the bench on a trip.
  func run(
    _ procedures: [any Procedure], announce: @escaping (String) -> Void,
    seen: (any Procedure) -> Void
  ) throws -> Outcome {
    let journal = try RunJournal(folder: folder, stepped: bench.pace == .stepped)
    try journal.begin(plan, configuration, run: (folder as NSString).lastPathComponent)
    let loop = ProcedureLoop(
      bench,
      supervision: Supervision(
        beat: life.beat, madeSafe: life.madeSafe, tripped: { _ in }, tripRecord: { _ in },
        guardIsGone: life.guardIsGone,
        stopSignal: life.stopSignal, sink: journal.take, journalFailure: { journal.failure },
        progress: { _ in }),
      announce: announce)
    let outcome = loop.run(procedures, seen: seen)
    if outcome.isTrip { try latch(outcome) }
    return journal.end(outcome, beat: life.beat)
  }

  private func latch(_ outcome: Outcome) throws {
    try BenchLatch(bench: plan.files.bench.name).set(
      LatchRecord(
        bench: plan.files.bench.name, runFolder: folder,
        unixTime: Date().timeIntervalSince1970, reason: outcome.message, currentIsGone: true,
        cause: outcome.trip.map { LatchCause($0) },
        actions: ["the controller made the bench safe"]))
  }
}

extension SetUpController {
  /// What the guard passes to a controller of ours, parsed and taken over.
  static func inherit(
    heartbeat: Int32, guardPipe: Int32, ports: [String]
  ) throws -> (ControllerInheritance, Lifeline) {
    // Before any thread: every thread inherits the blocked signals.
    let signals = lockstep_signal_descriptor()
    do {
      let inherited = try ControllerInheritance(
        heartbeat: heartbeat, guardPipe: guardPipe, ports: ports)
      return (inherited, Lifeline(inherited, signals: signals))
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
  }
}
