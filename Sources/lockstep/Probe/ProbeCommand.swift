import ArgumentParser
import Drivers
import Guard
import Profiles
import Quantities
import Transports

/// `lockstep probe`: reads every instrument of a bench and changes nothing.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Read every instrument of a bench; change nothing.",
    discussion: """
      Sends reads only: identity, every declared value, the time of a transaction, and what the \
      profile leaves to the device. Locks the bench and its ports as a run does. Real ports may be \
      probed. A device that answers nothing before it is told to be remote is skipped, unless \
      --remote, which runs its procedure "open"; never on a device that carries current.

      Exit status: 0 every device answered and would be taken; 3 one did not, or would be refused.

      Examples: lockstep probe bench.toml
                lockstep probe demo --port psu=/dev/pts/3 ... --json
                lockstep probe --ports
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String?

  @Option(help: ArgumentHelp("Port of an instrument.", valueName: "name=path"))
  var port: [String] = []

  @Flag(help: "List the serial ports of this machine instead.")
  var ports = false

  @Flag(help: "Tell meters that answer nothing else to be remote.")
  var remote = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard ports == (bench == nil) else {
      throw ValidationError(
        ports ? "--ports takes no bench" : "a bench, or --ports, is wanted")
    }
    guard !ports || port.isEmpty && !remote else {
      throw ValidationError("--ports goes with --json alone")
    }
  }

  func run() throws {
    guard let bench else {
      let entries = try SerialPortEntry.all()
      print(json ? try ProbeDocument(entries).text() : ProbeText.lines(entries))
      return
    }
    let probed = try ProbedBench(bench, ports: port, openFirst: remote)
    print(json ? try ProbeDocument(probed).text() : ProbeText.lines(probed))
    guard probed.isGood else { throw ExitCode(3) }
  }
}
