import ArgumentParser
import CRealtime
import Foundation

/// Speed of the cell models, beside PyBaMM's at equal accuracy; see bench-docs/speed.md.
@main
struct LockstepBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep-bench",
    abstract: "Times the cell models against PyBaMM and against themselves.",
    discussion: "Exit status: 0 goals met, 1 a goal missed, 2 bad input.")

  @Option(help: "What fixtures/pybamm/bench/speed.py wrote; without it our own ratios only.")
  var pybamm: String?
  @Option(help: "What fixtures/pybamm/bench/fit.py wrote: fits beside PyBOP's.")
  var pybop: String?
  @Option(help: "The goals.")
  var thresholds = "fixtures/thresholds/speed.json"
  @Option(help: "Where to write the page.")
  var page: String?
  @Option(help: "Samples of each work.")
  var rounds = 9
  @Option(help: "Goals of our own ratios are relaxed by this; 1 keeps them.")
  var margin = 1.0
  @Option(help: "Only rows whose name contains this.")
  var only = ""
  @Flag(help: "Print JSON instead of the table.")
  var json = false

  func validate() throws {
    guard rounds >= 1, rounds <= 1000 else {
      throw ValidationError("--rounds \(rounds): allowed are 1 to 1000")
    }
    guard margin > 0, margin <= 1 else {
      throw ValidationError("--margin \(margin): allowed is above 0, up to 1")
    }
  }

  func run() throws {
    do {
      let goals = try Thresholds.read(thresholds)
      let report = try measure(goals)
      let text = report.page(goals)
      if let page { try text.write(toFile: page, atomically: true, encoding: .utf8) }
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
      } else {
        print(text)
      }
      for miss in report.misses { Self.complain(miss) }
      if !report.misses.isEmpty { throw ExitCode(1) }
    } catch let code as ExitCode {
      throw code
    } catch {
      Self.complain("\(error)")
      throw ExitCode(2)
    }
  }

  private static func complain(_ line: String) {
    fputs("lockstep-bench: \(line)\n", lockstep_stderr())
  }

  private func measure(_ goals: Thresholds) throws -> SpeedReport {
    let level = Int(lockstep_processor_level_built())
    let start = Self.load()
    let bench = try SpeedBench(rounds: rounds, only: only)
    let ratios = try bench.ownRatios(level: level)
    let allocations = try bench.allocations()
    let record = try pybamm.map(PyBaMMRecord.read)
    let rows = try record.map(bench.comparisons) ?? []
    let fitRecord = try pybop.map(PyBOPRecord.read)
    let fits = (fitRecord?.rows ?? []).filter { bench.wanted($0.name) }
    let misses =
      rows.flatMap(goals.misses) + fits.flatMap(goals.misses)
      + ratios.flatMap { goals.misses($0, margin: margin) }
      + allocations.flatMap(goals.misses)
    return SpeedReport(
      pybamm: record?.pybamm, pybop: fitRecord, level: level, loads: [start, Self.load()],
      comparisons: rows, fits: fits, ratios: ratios, allocations: allocations, misses: misses)
  }

  /// Load average of the last minute.
  private static func load() -> Double {
    var loads = [0.0]
    return getloadavg(&loads, 1) == 1 ? loads[0] : .nan
  }
}
