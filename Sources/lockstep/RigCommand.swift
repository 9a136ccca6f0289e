public import ArgumentParser
private import Glibc
private import Profiles
public import VirtualRig

/// `lockstep rig`: the virtual bench as a process of its own.
struct RigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rig", abstract: "Serve a virtual bench on pseudo-terminals.",
    discussion: """
      The first line on standard output is one JSON object {"ports": {"psu": "/dev/pts/3", ...}}; \
      the rig then serves until SIGINT, SIGTERM or SIGHUP ends it (status 130).

      Example: lockstep rig demo --plant demo --seed 7 --truth truth.twin.csv
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Plant file, or the name of a shipped one. Only the rig reads it.")
  var plant: String

  @Option(help: "Decides every drawn parameter, error and noise.")
  var seed: UInt64 = 1

  @Option(
    help: """
      stepped: time passes at the word of the pace device, and at wall speed when nobody has ticked \
      it for 200 ms; real: at wall speed.
      """)
  var pace: Pace = .stepped

  @Option(
    help: ArgumentHelp(
      "Write the truth (twin CSV) here, and what was drawn beside it as FILE.json.",
      valueName: "file"))
  var truth: String?

  @Option(help: ArgumentHelp("What goes wrong, and when (TOML).", valueName: "file"))
  var faults: String?

  @Option(
    help: ArgumentHelp(
      """
      Announce the serial ports as symbolic links in this folder; they stay what they are when a \
      port vanishes and comes back.
      """, valueName: "folder"))
  var links: String?

  @Flag(
    help: ArgumentHelp("End when the thread that started the rig ends.", visibility: .hidden))
  var dieWithParent = false

  /// A proof instrument, see `SignalTrap`: `psu:write:3:half:120`.
  @Option(help: ArgumentHelp("PORT:KIND:COUNT:MOMENT[:PACE_SECOND]", visibility: .hidden))
  var signalAt: String?

  @Option(help: ArgumentHelp("Number of the signal that --signal-at sends.", visibility: .hidden))
  var signal: Int32 = SIGKILL

  @Option(help: ArgumentHelp("Process that --signal-at signals.", visibility: .hidden))
  var signalPid: Int32?

  @Option(
    help: ArgumentHelp(
      "File with the processes that --signal-at signals, read when it springs.",
      visibility: .hidden))
  var signalPidFile: String?

  /// Without --signal-at it vanishes when the rig gets SIGUSR1.
  @Option(
    help: ArgumentHelp("Serial port that vanishes when the trap springs.", visibility: .hidden))
  var unplug: String?

  func run() throws {
    do {
      try serve()
    } catch let error as RigError {
      fail(error.description, status: error.kind == .place ? 2 : 3)
    }
  }

  private func serve() throws {
    Rig.blockSignals()
    if dieWithParent { Rig.endWithParent() }
    let rig = try Rig(try configuration())
    let line = Array((rig.announcement + "\n").utf8)
    guard line.withUnsafeBytes({ write(STDOUT_FILENO, $0.baseAddress, $0.count) }) == line.count
    else { throw RigError(.place, "standard output is closed: the ports cannot be announced") }
    _ = rig.waitForSignal()
    rig.stop()
    throw ExitCode(130)
  }

  private func configuration() throws -> RigConfiguration {
    let bench = try BenchFile(path: try ShippedProfiles.locate(kind: .bench, name: bench))
    let faults = try faults.map { try FaultFile(path: $0) }
    let file = try PlantFile(path: try ShippedProfiles.locate(kind: .plant, name: plant))
    let plant = file.withCell(of: faults)
    return try RigConfiguration(
      bench: bench, plant: plant, cell: try CellFile.load(try plant.cell.locate()), faults: faults,
      seed: seed, pace: pace, truthPath: truth, links: links, trap: try trap())
  }

  private func trap() throws -> SignalTrap? {
    guard signalAt != nil || unplug != nil else { return nil }
    let targets: SignalTrap.Targets
    switch (signalPid, signalPidFile) {
    case (let process?, nil) where process > 1: targets = .processes([process])
    case (nil, let file?): targets = .file(file)
    case (nil, nil) where unplug != nil: targets = .nobody
    default:
      throw RigError(.place, "--signal-at: one of --signal-pid and --signal-pid-file is wanted")
    }
    return try SignalTrap(signalAt, signal: signal, targets: targets, unplugs: unplug)
  }

  private func fail(_ line: String, status: Int32) -> Never {
    let text = Array("lockstep: \(line)\n".utf8)
    _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    Glibc.exit(status)
  }
}

extension Pace: ExpressibleByArgument {}
