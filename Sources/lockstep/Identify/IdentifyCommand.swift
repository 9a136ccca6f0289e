import ArgumentParser
import Assets
import CRealtime
import Electrochemistry
import Foundation
import Identification
import Journal
import Profiles
import Records
import Simulation

/// `lockstep identify`: a cell's parameters from records of it.
struct IdentifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Fit parameters of a cell to records; say how sure, and what cannot be told.",
    discussion: """
      Parameters are fitted as factors on the cell file's values: most likely ones given the records and what \
      is usual for such a cell, with 95 % intervals by profiles. What the records cannot tell is named with what \
      would tell it, and gets no number. Each record starts at rest, or as a rested cell shows its first row; \
      its state of charge there is fitted, too, unless --soc gives it. --validate records are predicted, not \
      fitted to. --choose fits to the records that together tell most and predicts the others, too. --draws checks \
      the intervals by a random walk. --out makes a version of an asset.

      Example: lockstep identify --cell chen2020 --data pulses.bdf.csv \
      --parameters negative_electrode.diffusivity,cell.contact_resistance
      """)

  @OptionGroup var common: IdentificationOptions

  @Option(
    help: ArgumentHelp("Record to predict, not to fit to; repeatable.", valueName: "file"))
  var validate: [String] = []

  @Flag(
    name: .customLong("no-offset"),
    help:
      "The file's open-circuit curve is the cell's own; else an offset of some 5 mV is fitted, too."
  )
  var noOffset = false

  @Flag(
    name: .customLong("no-reference"),
    help: "A reference electrode in the records is compared with the model, not fitted to.")
  var noReference = false

  @Option(
    help: ArgumentHelp(
      "Fit to so many of the --data records, chosen for what they tell.", valueName: "count"))
  var choose: Int?

  @Option(
    help: ArgumentHelp(
      "Draws of the posterior beside the profiles, 1000 to 1000000; each is a run of every record.",
      valueName: "count"))
  var draws: Int?

  @Option(help: ArgumentHelp("Starts of the search.", valueName: "count"))
  var starts = 3

  @Option(help: ArgumentHelp("Asset to add a version to; made when new.", valueName: "asset"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "Folder of the asset store; $XDG_DATA_HOME/lockstep when not given.", valueName: "dir"))
  var store: String?

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Page of tables and pictures to write (HTML).", valueName: "file"))
  var pagePath: String?

  @OptionGroup var output: JSONOption

  func run() throws {
    guard (1...20).contains(starts) else {
      throw CommandFailure(status: 2, message: "--starts \(starts): must be 1 to 20")
    }
    if let draws, !(1000...1_000_000).contains(draws) {
      throw CommandFailure(status: 2, message: "--draws \(draws): must be 1000 to 1000000")
    }
    if let choose, !(1..<max(common.data.count, 1)).contains(choose) {
      throw CommandFailure(
        status: 2,
        message: "--choose \(choose): must be 1 or more, and fewer than the \(common.data.count) "
          + "--data records")
    }
    try reportingAssetErrors {
      let (setting, data) = (try common.setting, common.data)
      if out != nil, setting.parameters.allSatisfy({ $0 == .ambientOffset }), noOffset {
        throw CommandFailure(
          status: 2,
          message: "--out: an ambient's offset is the bench's; a cell's parameter is wanted")
      }
      guard !data.isEmpty else {
        throw CommandFailure(status: 2, message: "--data: a record is wanted")
      }
      let given = try setting.records(data, "--data")
      let runModel = try setting.model(given.map(\.table))
      let predicted = try setting.records(validate, "--validate")
      let page = try pagePath.map {
        let file = try ShippedProfiles.locate(kind: .cell, name: common.cell)
        return try PageFile($0, apartFrom: data + validate + [file])
      }
      let target = try out.map { try IdentifiedAsset($0, cell: common.cell, store: store) }
      func nuisance(_ records: [IdentificationSetting.Source]) -> [IdentifiedParameter] {
        setting.nuisance(
          runModel, records, curveIsOwn: noOffset, fitsReference: !noReference)
      }
      let choice = choose.map {
        setting.choose(
          $0, of: given, runModel, nuisance: nuisance(given), fitsReference: !noReference)
      }
      let chosen = choice?.chosen ?? Array(given.indices)
      let fitted = chosen.map { given[$0] }
      let kept = given.indices.filter { !chosen.contains($0) }.map { given[$0] } + predicted
      var fit = CellIdentification(
        setting.cell, setting.parameters + nuisance(fitted), fitted.map { setting.record($0) },
        model: runModel)
      fit.fitsReference = !noReference
      let started = lockstep_monotonic_nanoseconds()
      guard let found = fit.run(starts: starts) else {
        throw CommandFailure(
          status: 4, message: "\(data[0]): the model cannot follow it from any start")
      }
      let seconds = Double(lockstep_monotonic_nanoseconds() - started) / 1e9
      guard found.converged else {
        throw CommandFailure(
          status: 4, message: "\(data[0]): the fit had not settled after \(found.rounds) rounds")
      }
      let unseen = kept.map { setting.record($0) }
      var report = IdentificationReport(fit, found, validation: unseen, fitSeconds: seconds)
      report.choice = choice.map { zip(fitted, $0.gains).map { .init(record: $0.path, gain: $1) } }
      if let draws {
        guard let walks = fit.posterior(found, count: draws) else {
          throw CommandFailure(
            status: 4, message: "--draws: the model cannot run where a walk is to start")
        }
        report.walks = .init(walks, fit, told: report.told, profiles: report.profiles, found)
      }
      try page?.write(
        IdentifyPage(cell: common.cell, fit, found, report, validation: unseen).page)
      try target?.append(fit, found, fitted, model: common.model)
      if output.json { try JSONOption.print(report) } else { print(report.text) }
    }
  }
}
