import ArgumentParser
import Foundation
import Journal

/// `lockstep resume`: a run that was stopped goes on.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with a run that was stopped, at the step that it had reached.",
    discussion: """
      After a stop by a person, a trip that was acknowledged, a death of the controller or a loss of power. \
      The campaign is replayed from the run's journal, with the same files; step, charge and twin are then \
      where they were, and the rest is a run like any other, into the same journal.

      Example: lockstep resume latest --port psu=/dev/pts/3 --port load=/dev/pts/4 ...
      """)

  @OptionGroup var target: RunArgument

  @Option(help: ArgumentHelp("Where an instrument is reached.", valueName: "name=path"))
  var port: [String] = []

  @Option(help: "As the run was paced; the run's own when not given.")
  var pace: RunCommand.PaceChoice?

  func run() throws {
    try reportingJournalErrors {
      let (place, reader) = try target.open()
      reader.close()
      let folder = URL(filePath: place).standardizedFileURL.path
      let lock = try RunLock.take(folder)
      let past = try RunPast(folder)
      try past.refuseUnlessStopped()
      if let pace, pace != past.pace {
        throw CommandFailure(
          status: 2,
          message: "--pace \(pace.rawValue): run \(past.name) is paced \(past.pace.rawValue)")
      }
      try past.refuseChangedFiles()
      let plan = try RunPlan(job: past.job, bench: past.bench)
      try past.refuseOtherFiles(plan)
      try plan.check(past.pace)
      let setUp = try GuardedSetUp(plan, ports: port, holder: "run \(past.name)") {
        try plan.refuseUnlessProven($0)
      }
      throw try setUp.run(in: folder, pace: past.pace, lock: lock, words: ["--resume"])
    }
  }
}
