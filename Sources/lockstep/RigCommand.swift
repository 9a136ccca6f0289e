public import ArgumentParser
private import Electrochemistry
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

      Example: lockstep rig demo.toml --plant demo.toml --seed 7 --truth truth.twin.csv
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Option(help: "Plant file, or the name of a shipped one. Only the rig reads it.")
  var plant: String

  @Option(help: "Decides every drawn parameter, error and noise.")
  var seed: UInt64 = 1

  @Option(help: "stepped: time passes at the word of the pace device; real: at wall speed.")
  var pace: Pace = .stepped

  @Option(help: ArgumentHelp("Write the truth (twin CSV) here.", valueName: "file"))
  var truth: String?

  func run() throws {
    Rig.blockSignals()
    let cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    let plant = PlantSettings(cell: cell, named: "chen2020")
    let kinds: [(String, DeviceKind)] = [
      ("psu", .riden), ("load", .maynuo), ("thermo", .thermometer), ("meter", .meter),
      ("contactor", .relay), ("pace", .pace), ("chamber", .chamber),
    ]
    let rig = try Rig(
      RigConfiguration(
        seats: kinds.map { .init(name: $0.0, kind: $0.1) }, plant: plant, seed: seed, pace: pace,
        truthPath: truth))
    let line = Array((rig.announcement + "\n").utf8)
    _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    _ = rig.waitForSignal()
    rig.stop()
    throw ExitCode(130)
  }
}

extension Pace: ExpressibleByArgument {}
