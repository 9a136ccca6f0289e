import ArgumentParser
import Foundation
import Identification
import Journal

/// `lockstep choice-study`: whether records chosen for what they tell predict others better than any do.
struct ChoiceStudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choice-study",
    abstract: "Fit to records chosen for what they tell, and to others; write who predicts better.",
    discussion: """
      Seed by seed the records are dealt into those that may be fitted to and those that are predicted. Of the \
      first, --choose are fitted to: by choice, and so many at random, --random times.

      Example: lockstep choice-study --cell lg-m50 --data a.bdf.csv --data b.bdf.csv ... --choose 2 \
      --parameters negative_electrode.diffusivity,cell.contact_resistance --out choice.md
      """,
    shouldDisplay: false)

  @OptionGroup var common: IdentificationOptions

  @Option(help: ArgumentHelp("Records fitted to at once.", valueName: "count"))
  var choose = 2

  @Option(help: ArgumentHelp("Records that may be fitted to, of each seed.", valueName: "count"))
  var candidates = 8

  @Option(help: ArgumentHelp("Random choices of each seed.", valueName: "count"))
  var random = 10

  @Option(help: "First seed.")
  var first: UInt64 = 101

  @Option(help: "Last seed.")
  var last: UInt64 = 106

  @Option(help: ArgumentHelp("Markdown file to write.", valueName: "file"))
  var out: String

  func validate() throws {
    guard common.soc == nil else {
      throw ValidationError("--soc: every record's charge at its start is fitted")
    }
    guard first <= last else { throw ValidationError("--first must not be after --last") }
    guard choose >= 1, choose < candidates, candidates < common.data.count, random >= 1 else {
      throw ValidationError(
        "--choose must be at least 1 and below --candidates, and those fewer than the records")
    }
  }

  func run() throws {
    let setting = try common.setting
    let sources = try setting.records(common.data, "--data")
    let model = try setting.model(sources.map(\.table))
    let deals = Array(first...last).map { RecordDeal(seed: $0, of: sources.count, candidates) }
    var rows: [ChoiceScore] = []
    for deal in deals {
      let fits = deal.subsets(choose, random)
      let mayFit = deal.candidates.map { sources[$0] }
      let chosen = setting.choose(
        choose, of: mayFit, model,
        nuisance: setting.nuisance(model, mayFit, curveIsOwn: false), fitsReference: true
      ).chosen.map { deal.candidates[$0] }
      let scores = concurrently(fits.count + 1) { k -> Double? in
        setting.predictionError(
          fitting: (k == 0 ? chosen : fits[k - 1]).map { sources[$0] },
          predicting: deal.others.map { sources[$0] }, model)
      }
      rows.append(
        ChoiceScore(
          seed: deal.seed, chosen: chosen.map { Self.name(sources[$0].path) }, error: scores[0],
          others: Array(scores.dropFirst())))
      print("seed \(deal.seed): \(rows.last?.row ?? "")")
      fflush(nil)
    }
    do { try AtomicFile.write(page(rows, sources.count), to: out) } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
  }

  private static func name(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.split(separator: ".").first.map(String.init) ?? file
  }

  private func page(_ rows: [ChoiceScore], _ count: Int) -> String {
    let ratios = rows.compactMap(\.ratio).sorted()
    let median = ratios.isEmpty ? Double.nan : ratios[ratios.count / 2]
    return
      ([
        "# Records chosen for what they tell", "",
        "Written by `lockstep choice-study`, seeds \(first) to \(last): \(count) records of real cells, of each seed "
          + "\(candidates) that may be fitted",
        "to and the others predicted. The file's cell is \(common.cell); fitted: "
          + setting(common.parameters) + ".",
        "*By choice*: the \(choose) records with the most Fisher information (determinant, with a discrepancy of 5 mV "
          + "and half a per cent of",
        "charge that last five minutes, offsets unknown). *At random*: mean of \(random) random choices that led to a fit, and of how many the choice is better. Errors: mV rms "
          + "over the predicted",
        "records, each from its own start with the charge there fitted, all records alike.", "",
        "| seed | chosen | by choice mV | at random mV | ratio | better than |",
        "|---|---|---|---|---|---|",
      ] + rows.map(\.row) + [
        "",
        String(
          format: "Ratio, median of the seeds: %.2f; below 0.8 in %d of %d.", median,
          ratios.count { $0 < 0.8 }, rows.count), "",
      ]).joined(separator: "\n")
  }

  private func setting(_ parameters: String) -> String {
    parameters.split(separator: ",").map { "`\($0)`" }.joined(separator: ", ")
  }
}
