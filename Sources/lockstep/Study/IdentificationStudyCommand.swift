import ArgumentParser
import Electrochemistry
import Excitation
import Foundation
import Identification
import Journal
import Profiles
import Quantities
import Simulation

/// `lockstep identification-study`: designed excitations and others on cells whose parameters are known.
struct IdentificationStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identification-study",
    abstract: "Identify simulated cells from designed and other excitations and write how it went.",
    discussion: """
      Seeds 1 to 99 are for tuning, the others for reporting.

      Example: lockstep identification-study --first 101 --last 150 --out bench-docs/identification-study.md
      """)

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 150

  @Option(help: "Cells behind each rival's figures.")
  var rivals = 10

  @Option(
    help: "Mismatched cells, from the first seed on; a fit of a DFN takes a quarter of a minute.")
  var mismatched = 20

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard first <= last else { throw ValidationError("--first must not be after --last") }
  }

  func run() throws {
    let file = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: "chen2020"))
    let reference = file.withContactResistance(0.01)
    var page = IdentificationPage(seeds: first...last, rivals: rivals)
    for matched in [true, false] {
      let seeds = matched ? Array(first...last) : Array((first...last).prefix(mismatched))
      let problem = try Self.problem(reference, matched: matched)
      guard let design = ExcitationDesign(problem).run() else {
        throw CommandFailure(status: 4, message: "no excitation keeps the study's limits")
      }
      var rows: [IdentificationPage.Row] = []
      let plans =
        [(name: "design", plan: design.plan)]
        + ExcitationDesign(problem).rivals.map { (name: $0.name, plan: $0.plan) }
      for (k, item) in plans.enumerated() {
        let current = item.plan.record(problem.timing, ambient: problem.ambient)
        let chosen = k == 0 ? seeds : Array(seeds.prefix(rivals))
        let scores = concurrently(chosen.count) { i -> IdentificationScore? in
          let cell = IdentificationCase(reference, seed: chosen[i], matched: matched)
          var score = IdentificationScore.of(
            cell, current, model: Self.model(matched), profiles: k == 0 && matched)
          if k == 0 { score?.judge(cell, current, problem.limits) }
          return score
        }
        rows.append(
          .init(
            name: item.name, scores: scores.compactMap(\.self), failed: scores.count { $0 == nil }))
        print("\(matched ? "matched" : "mismatched"), \(item.name): \(chosen.count) cells")
        fflush(nil)
      }
      page.add(matched: matched, rows, design)
    }
    do { try AtomicFile.write(page.text, to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
  }

  /// The mismatched cells are DFNs, and so is what is fitted to them: on another mesh and step.
  static func model(_ matched: Bool) -> RunModel {
    matched
      ? RunModel(.spme, thermal: .lumped, mesh: .standard, tolerance: 1e-5)
      : RunModel(.dfn, thermal: .lumped, mesh: .coarse, tolerance: 1e-4)
  }

  /// Half an hour at up to 1.2C, within what the demo's cell may suffer.
  static func problem(_ reference: CellParameters, matched: Bool) throws -> DesignProblem {
    let most = 1.2 * reference.nominalCapacity.value
    var problem = DesignProblem(
      cell: reference, reference: reference, parameters: IdentificationCase.parameters,
      covariance: DesignProblem.belief(IdentificationCase.parameters, sd: 0.2),
      limits: ExcitationLimits(voltage: 2.5...4.2, current: (-most)...most),
      timing: ActuationTiming(),
      voltageErrors: ErrorModel(
        noiseSD: matched ? 1e-3 : 2e-3, discrepancySD: matched ? 0 : 2e-3),
      temperatureErrors: ErrorModel(noiseSD: matched ? 0.1 : 0.3, discrepancySD: matched ? 0 : 0.3),
      stateOfCharge: IdentificationCase.startOfCharge, stateOfChargeSD: 0.02,
      ambient: IdentificationCase.ambient, criterion: .trace, duration: 1800)
    problem.trustsBothModelsOnly = !matched
    problem.rivals = [("US06", try DesignCommand.plan("us06"))]
    return problem
  }
}
