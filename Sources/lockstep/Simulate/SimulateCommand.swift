import ArgumentParser
import Electrochemistry
import Glibc
import Journal
import Profiles
import Simulation

/// `lockstep simulate`: the digital model, open loop.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Simulate a cell under steps, a protocol or a current; write its twin CSV.",
    discussion: """
      Give one of --step (repeated; PyBaMM's step strings), --protocol and --current. Rows: at the \
      start just after the first current is applied, every --period, at each point of --current, and \
      at each step change twice. The cell's voltage cut-offs end a run of steps with status 1 unless \
      the step's own end comes first; --current runs to its last point.

      Example: lockstep simulate --cell chen2020 --step "Discharge at 1C until 2.5 V" \
      --out discharge.twin.csv
      """)

  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String

  @Option(help: ArgumentHelp("spm, spme or dfn.", valueName: "model"))
  var model = "spme"

  @Option(help: ArgumentHelp("isothermal or lumped.", valueName: "kind"))
  var thermal = "isothermal"

  @Option(help: ArgumentHelp("none; others come later.", valueName: "kinds"))
  var ageing = "none"

  @Option(
    help: ArgumentHelp(
      "One step, as in \"Charge at C/3 until 4.2 V\"; may be repeated.", valueName: "step"))
  var step: [String] = []

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("Protocol, by name or path.", valueName: "protocol"))
  var protocolName: String?

  @Option(
    help: ArgumentHelp(
      "CSV of test_time_second,current_ampere; linear between points.", valueName: "file"))
  var current: String?

  @Option(
    help: ArgumentHelp("State of charge at the start, 0..1 or \"50 %\"; 1.", valueName: "soc"))
  var soc: String?

  @Option(
    name: .customLong("negative-stoichiometry"),
    help: ArgumentHelp("Start from stoichiometries instead, 0..1.", valueName: "x"))
  var negativeStoichiometry: Double?

  @Option(
    name: .customLong("positive-stoichiometry"),
    help: ArgumentHelp("Both or none.", valueName: "x"))
  var positiveStoichiometry: Double?

  @Option(help: ArgumentHelp("Ambient temperature, degC; the cell file's.", valueName: "degC"))
  var ambient: Double?

  @Option(
    help: ArgumentHelp("Cell temperature at the start, degC; the ambient.", valueName: "degC"))
  var temperature: Double?

  @Option(
    help: ArgumentHelp("Time between rows, from the start of the run, s.", valueName: "second"))
  var period = 10.0

  @Option(help: ArgumentHelp("Tolerance of the time integration; the model's own.", valueName: "r"))
  var rtol: Double?

  @Option(help: ArgumentHelp("coarse, medium, standard or fine.", valueName: "mesh"))
  var mesh = "standard"

  @Option(help: ArgumentHelp("Where to write the twin CSV.", valueName: "file"))
  var out: String

  @OptionGroup var output: JSONOption

  func run() throws {
    let choice = try solverChoice()
    let (experiment, inputs) = try experiment()
    let path = try ShippedProfiles.locate(kind: .cell, name: cell)
    try OutputPath.refuse(out, among: inputs + [path])
    let parameters = try CellFile.load(path, for: choice.demands)
    let setting = try setting(parameters)
    let setupStart = Self.monotonic()
    let solver = try solver(choice, parameters)
    let setup = Self.monotonic() - setupStart

    let file = try reportingPlace { () throws(JournalError) in try SimulationFile(out) }
    let run = ExperimentRun(solver, setting, now: Self.monotonic) { try file.append($0) }
    let summary: ExperimentSummary
    do {
      summary = try run.run(experiment)
    } catch let error as ExperimentError {
      throw CommandFailure(
        status: error.isInput ? 2 : 4, message: "\(error)\(try keep(file))")
    } catch let error as JournalError {
      throw CommandFailure(status: 3, message: "--out: \(error)")
    }
    try reportingPlace { () throws(JournalError) in try file.commit() }
    let report = SimulationReport(summary, choice, setupSeconds: setup, out: out)
    try output.json ? JSONOption.print(report) : print(report.text)
    if let cutOff = report.cutOffLine { throw CommandFailure(status: 1, message: cutOff) }
  }

  private func solver(
    _ choice: SolverChoice, _ parameters: CellParameters
  ) throws -> any CellSolver {
    do {
      return try choice.makeSolver(parameters)
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
  }

  /// Rows up to an error are kept; says so.
  private func keep(_ file: SimulationFile) throws -> String {
    guard file.rows > 0 else { return "" }
    try reportingPlace { () throws(JournalError) in try file.commit() }
    return "; the rows up to then, \(file.rows), are in \(out)"
  }

  private func reportingPlace<T>(_ body: () throws(JournalError) -> T) throws -> T {
    do throws(JournalError) {
      return try body()
    } catch {
      throw CommandFailure(status: error.code == .write ? 3 : 2, message: "--out: \(error)")
    }
  }

  /// s.
  private static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
