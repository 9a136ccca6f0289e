import ArgumentParser
import Bench
import CRealtime
import Foundation
import Guard
import Journal
import Profiles
import Records

/// `lockstep controller`: what the guard spawns. Not for a person.
struct ControllerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controller", abstract: "Drive an open bench under a guard.",
    discussion: "Example: lockstep run demo --bench demo", shouldDisplay: false)

  @Argument var folder: String
  @Option var job: String
  @Option var bench: String
  @Option var pace: RunCommand.PaceChoice
  @Option var digest: String
  @Flag var resume = false
  @Option(name: .customLong("heartbeat")) var heartbeatDescriptor: Int32
  @Option(name: .customLong("guard")) var guardDescriptor: Int32
  @Option var port: [String] = []

  func run() throws {
    // Before any thread: every thread inherits the blocked signals.
    let signals = lockstep_signal_descriptor()
    let inherited: ControllerInheritance
    do {
      inherited = try ControllerInheritance(
        heartbeat: heartbeatDescriptor, guardPipe: guardDescriptor, ports: port)
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
    let life = Lifeline(inherited, signals: signals)
    do {
      let outcome = try drive(inherited, life)
      guard outcome.status != 0 else { return }
      throw CommandFailure(status: Int32(outcome.status), message: outcome.message)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(error, message: "\(error)")
    }
  }

  private func drive(_ inherited: ControllerInheritance, _ life: Lifeline) throws -> Outcome {
    let plan: RunPlan
    let bench: BenchConfiguration
    let campaign: Campaign
    let journal: RunJournal
    var resumption: Resumption?
    do {
      plan = try RunPlan(job: job, bench: self.bench)
      guard plan.digest == digest else {
        throw CommandFailure(
          status: 2, message: "an input file changed between validation and start: start again")
      }
      let past = resume ? try RunPast(folder) : nil
      bench = try plan.configuration(
        ports: inherited.ports, pace: pace == .stepped ? .stepped : .real,
        unixStart: past?.header.unixStart ?? Date().timeIntervalSince1970)
      campaign = try plan.campaign(bench)
      if let past {
        (journal, resumption) = try goOn(past, plan, campaign, life)
      } else {
        journal = try RunJournal(folder: folder, stepped: pace == .stepped)
        try journal.begin(plan, bench, run: (folder as NSString).lastPathComponent)
      }
    } catch {
      // Nothing was sent to any device.
      life.madeSafe()
      throw error
    }
    let screen = ProgressScreen(phases: plan.files.campaign.phases.count)
    let record = TripRecordFile(folder: folder)
    let loop = ScanLoop(
      configuration: bench, campaign: campaign,
      supervision: Supervision(
        beat: life.beat, madeSafe: life.madeSafe, tripped: { latch(plan, $0) },
        tripRecord: record.append, guardIsGone: life.guardIsGone,
        stopSignal: life.stopSignal, sink: journal.take, journalFailure: { journal.failure },
        progress: screen.show), resumption: resumption)
    let outcome = loop.run()
    screen.end()
    let ended = journal.end(outcome, beat: life.beat)
    do {
      try RunAsset(plan, folder: folder, start: bench.unixStart)?.append(campaign.constants)
    } catch {
      // The run itself is whole; what was found stands in its journal.
      fputs("lockstep: asset \(plan.files.bench.asset): \(error)\n", lockstep_stderr())
    }
    return ended
  }

  /// Replays the campaign and opens the journal again, while the heart beats.
  private func goOn(
    _ past: RunPast, _ plan: RunPlan, _ campaign: Campaign, _ life: Lifeline
  ) throws -> (RunJournal, Resumption) {
    let replay = CampaignReplay(campaign)
    let worked = HeartWatch(send: life.beat).beats {
      let replayed = try past.replay(into: replay)
      let journal = try RunJournal(folder: past.folder, stepped: past.pace == .stepped)
      journal.goOn(plan, past, replayed)
      return (journal, replayed)
    } interruption: {
      if let signal = life.stopSignal() {
        return Outcome(status: 130, message: "stopped by \(signal) in the replay, nothing was sent")
      }
      return life.guardIsGone() ? Outcome(status: 3, message: "the guard is dead") : nil
    } cancel: {
      replay.cancel()
    }
    switch worked {
    case .brokenOff(let outcome):
      throw CommandFailure(status: Int32(outcome.status), message: outcome.message)
    case .done(let result):
      let (journal, replayed) = try result.get()
      print("resume: \(replayed.words)")
      fflush(lockstep_stdout())
      return (journal, replayed.resumption)
    }
  }

  /// A trip latches the bench until a named person acknowledges it (S6).
  private func latch(_ plan: RunPlan, _ outcome: Outcome) {
    let bench = plan.files.bench.name
    do {
      try BenchLatch(bench: bench).set(
        LatchRecord(
          bench: bench, runFolder: folder, unixTime: Date().timeIntervalSince1970,
          reason: outcome.message, currentIsGone: outcome.status != 3,
          cause: outcome.trip.map { LatchCause($0) },
          actions: ["the controller made the bench safe"]))
    } catch {
      // The bench's `running` mark stays, which is a latch as well.
      fputs("lockstep: latch of \(bench): \(error)\n", lockstep_stderr())
    }
  }
}
