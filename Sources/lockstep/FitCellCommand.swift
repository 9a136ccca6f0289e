import ArgumentParser
import Electrochemistry
import Foundation
import Identification
import Profiles
import Records

/// `lockstep fit-cell`: makes the cell files that were fitted to records.
struct FitCellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit-cell",
    abstract: "Fit a cell file to records, as a plan says.",
    discussion: """
      Plans stand in profiles/fits. Records that a plan holds back are scored, not fitted to. \
      Minutes to half an hour.

      Example: lockstep fit-cell profiles/fits/lg-m50.toml --records data --out lg-m50.json
      """,
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("Plan (TOML).", valueName: "plan"))
  var plan: String

  @Option(help: ArgumentHelp("Folder that the plan's records lie in.", valueName: "dir"))
  var records: String

  @Option(help: ArgumentHelp("Cell file to write (BPX).", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("Linearisations at most.", valueName: "count"))
  var rounds = 25

  func run() throws {
    guard (1...1000).contains(rounds) else {
      throw CommandFailure(status: 2, message: "--rounds \(rounds): must be 1 to 1000")
    }
    let plan = try FitPlan(path: plan)
    let base = try CellDocument(CellFile.bytes(plan.base), file: plan.base).setting(plan.settings)
    let (fitted, heldBack) = try measured(plan)
    var fit = CellFit(CellModification(base.parameters, plan.parameters), fitted)
    fit.chargeSD = plan.chargeSD
    guard
      let found = fit.run(
        rounds: rounds, progress: { print("round \($0): cost \($1), damping \($2)") })
    else { throw CommandFailure(status: 4, message: "\(plan.path): the base cell cannot run") }
    let document = try found.document(base).setting(plan.header(base.parameters))
    do {
      try Data(document.encoded).write(to: URL(fileURLWithPath: out), options: .atomic)
    } catch { throw CommandFailure(status: 3, message: "--out \(out): cannot be written") }

    print(FitReport.parameters(found))
    for (words, records) in [("Fitted", fitted), ("Held back", heldBack)] where !records.isEmpty {
      let before = FitReport.scores(records, base.parameters)
      let after = FitReport.scores(records, document.parameters)
      print("\n\(words) \(FitReport.table(before: before, after: after))")
    }
    guard found.converged else {
      throw CommandFailure(
        status: 1, message: "\(out): written, but the fit had not settled; more --rounds wanted")
    }
  }

  private func measured(
    _ plan: FitPlan
  ) throws -> (fitted: [MeasuredRecord], heldBack: [MeasuredRecord]) {
    var (fitted, heldBack): ([MeasuredRecord], [MeasuredRecord]) = ([], [])
    for record in plan.records {
      let path = URL(fileURLWithPath: records).appending(path: record.file)
      guard let data = try? Data(contentsOf: path) else {
        throw CommandFailure(status: 2, message: "--records \(path.path): cannot be read")
      }
      do {
        let pieces = try record.measured(
          BatteryDataTable(parsing: Array(data), name: record.file))
        if record.isHeldBack { heldBack += pieces } else { fitted += pieces }
      } catch { throw CommandFailure(status: 2, message: "\(error)") }
    }
    return (fitted, heldBack)
  }
}
