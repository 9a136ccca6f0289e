import ArgumentParser
import CRealtime
import Glibc

/// The command `lockstep`.
@main
struct Lockstep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "A battery test bench with a physics-based digital twin of the cell on it.",
    discussion: """
      Current is positive when it charges the cell. Start with: lockstep demo

      Exit status: 0 done; 1 safety trip, cell cut-off or failed verdict; 2 bad usage or input, or a \
      latched bench; 3 hardware, bus or disk, made safe; 4 the computation cannot go on; 130 stopped \
      by a signal, made safe.
      """,
    version: version,
    subcommands: [
      DemoCommand.self, RunCommand.self, ResumeCommand.self, CheckCommand.self, ProbeCommand.self,
      RigCommand.self,
      SimulateCommand.self, VerifyCommand.self,
      ShadowCommand.self, PredictCommand.self, AssetsCommand.self, AssetCommand.self,
      IdentifyCommand.self, IdentifiabilityCommand.self, DesignCommand.self, PrescribeCommand.self,
      RunsCommand.self, WatchCommand.self, ReportCommand.self, ExportCommand.self,
      CommissionCommand.self, ProveCommand.self, AcknowledgeCommand.self, SafetyCaseCommand.self,
      DemoStudyCommand.self, ShadowStudyCommand.self, RecordStudyCommand.self,
      IdentificationStudyCommand.self, ChoiceStudyCommand.self, ChargingStudyCommand.self,
      ResumeStudyCommand.self,
      ControllerCommand.self,
      CommissionControllerCommand.self, ProofControllerCommand.self, FitCellCommand.self,
    ])

  /// Version of this build.
  static let version = "0.1.0"

  static func main() {
    var words = CommandLine.arguments
    words.removeFirst()
    do {
      try ProcessorLevel.check()
      let joined = try CommandWords.normalised(words)
      var command = try parseAsRoot(joined)
      try command.run()
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    let failure = CommandFailure(error, message: fullMessage(for: error))
    if failure.status == 0 {
      print(failure.message)
    } else if !failure.message.isEmpty {
      fputs("lockstep: \(failure.message)\n", lockstep_stderr())
    }
    Glibc.exit(failure.status)
  }
}
