import ArgumentParser
import Foundation
import Guard
import Profiles

/// `lockstep commission`: the wiring test at small current, guarded as a run is.
struct CommissionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commission",
    abstract: "Test a bench's wiring at small current and keep what was measured.",
    discussion: """
      Polarity, contactor, directions, meters against each other, leads, thermometers, E-stop; at C/50 \
      or four times the bench's zero current. Asks for the fire response and the chemistry, and for \
      the E-stop to be pressed. What is skipped (--yes, or a rig) is said, and the bench is then \
      commissioned for ports of a rig only. Valid while bench, instruments, cell and limits are unchanged.

      Example: lockstep commission demo --by "M. Faraday" --port psu=/dev/pts/3 --port load=/dev/pts/4 ...
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Who commissions.")
  var by: String

  @Option(help: ArgumentHelp("Where an instrument is reached.", valueName: "name=path"))
  var port: [String] = []

  @Flag(help: "The fire response of bench-docs/first-hour.md is read and its means are at hand.")
  var confirmFireResponse = false

  @Option(help: ArgumentHelp("The cell's chemistry, as its data sheet says.", valueName: "text"))
  var chemistry: String?

  @Flag(help: "The E-stop was pressed under current beforehand, and current ended.")
  var estopTested = false

  @Flag(help: "Ask nothing; what is skipped limits the bench to ports of a rig.")
  var yes = false

  @Option(help: "stepped: the rig's clock is a device on the bus; real: the monotonic clock.")
  var pace: RunCommand.PaceChoice = .real

  @Option(help: ArgumentHelp("Where data are kept.", valueName: "dir"))
  var data: String?

  @OptionGroup var output: JSONOption

  func run() throws {
    guard by.contains(where: \.isLetter) else {
      throw CommandFailure(status: 2, message: "--by \(by): a name is wanted")
    }
    let plan = try RunPlan(settingUp: bench)
    try plan.check(pace)
    let name = RunName.fresh("commission-\(plan.files.bench.name)", at: Date())
    var answers: CommissionAnswers?
    let ready = try GuardedSetUp(plan, ports: port, holder: "commission \(name)") { places in
      answers = try CommissionAnswers(self, limits: plan.files.limits, places: places)
    }
    guard let answers else { return }
    for line in answers.skipped { say("SKIPPED: \(line)") }
    if answers.isRig { say("ports of a rig: commissioned for a rig only") }
    let folder = try RunName.folder(name, data: data)
    let orders = try ready.orders(
      "commission-controller", folder: folder, pace: pace,
      words: ["--answers", try answers.text] + (output.json ? ["--json"] : []))
    // Returns only when nothing was started.
    let failure = GuardedLaunch.become(orders)
    try? FileManager.default.removeItem(atPath: folder)
    throw CommandFailure(status: 3, message: "\(failure)")
  }

  private func say(_ line: String) {
    FileHandle.standardError.write(Data("commission: \(line)\n".utf8))
  }
}
