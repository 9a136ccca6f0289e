import ArgumentParser
import CRealtime
import Commissioning
import Foundation
import Guard
import Profiles

/// `lockstep prove`: pull-the-plug tests, measured and kept.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Strike at a bench under small current; keep how long the current took to end.",
    discussion: """
      Kills and stops controller and guard, both together, and silences each line, while supply and \
      load drive the test current in turn; measures by the shunt how long it takes until nothing flows, against \
      what the computation allows. First it measures whether the relay's time starts anew when it is \
      re-armed. Real ports want a commissioned bench. The bench is latched and acknowledged at each blow, \
      in the name of --by.

      Example: lockstep prove demo --by "M. Faraday" --port psu=/dev/pts/3 --port load=/dev/pts/4 ...
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Who proves.")
  var by: String

  @Option(help: ArgumentHelp("Where an instrument is reached.", valueName: "name=path"))
  var port: [String] = []

  @Option(help: ArgumentHelp("How often each blow is struck, 1 to 20.", valueName: "n"))
  var times = 1

  @Option(help: "stepped: the rig's clock is a device on the bus; real: the monotonic clock.")
  var pace: RunCommand.PaceChoice = .real

  @Option(help: ArgumentHelp("Where data are kept.", valueName: "dir"))
  var data: String?

  @OptionGroup var output: JSONOption

  func run() throws {
    guard by.contains(where: \.isLetter) else {
      throw CommandFailure(status: 2, message: "--by \(by): a name is wanted")
    }
    guard (1...20).contains(times) else {
      throw CommandFailure(status: 2, message: "--times \(times): 1 to 20 is allowed")
    }
    let plan = try RunPlan(settingUp: bench)
    try plan.check(pace)
    let ready = try GuardedSetUp(plan, ports: port, holder: "prove by \(by)") { places in
      guard !places.isRig else { return }
      if let refusal = try plan.records().commissioningRefusal(
        hashes: plan.hashes, ports: places.byInstrument)
      {
        throw CommandFailure(status: 2, message: refusal)
      }
    }
    var prover = Prover(
      setUp: ready, by: by, pace: pace, data: data, isQuiet: output.json,
      signals: lockstep_signal_descriptor())
    let record = try prover.prove(times: times)
    let failure = Prover.failure(record)
    if failure == nil {
      do { try plan.records().keep(record) } catch {
        throw CommandFailure(status: 3, message: "\(error)")
      }
    }
    if output.json { try JSONOption.print(record) }
    if let failure { throw CommandFailure(status: 1, message: failure) }
    guard !output.json, let longest = record.longest else { return }
    print(
      "bench \(record.bench): proven by \(record.by) for \(record.scope.rawValue) ports: no current "
        + "within \((longest * 1000).rounded() / 1000) s in \(record.blows.count) blows")
  }
}
