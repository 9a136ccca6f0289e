import ArgumentParser
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Quantities
import Records

/// `lockstep shadow`: the digital shadow on a record.
struct ShadowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shadow",
    abstract: "Follow a record with a cell model and a filter; write what the shadow believed.",
    discussion: """
      The filter tracks charge, heat, concentrations, seven parameters, series resistance and offsets. \
      Current is taken linear between rows. Without --soc the first row counts as rested and its \
      voltage tells the charge. --freeze-at ends assimilation; otherwise every 10 minutes a frozen copy \
      predicts the next 10, which gives the open-loop error.

      Example: lockstep shadow --cell chen2020 --data cell.bdf.csv --filter ekf --out cell.twin.csv
      """)

  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String

  @Option(help: ArgumentHelp("Record in Battery Data Format.", valueName: "file"))
  var data: String

  @Option(help: ArgumentHelp("spme, or dfn (with ukf).", valueName: "model"))
  var model = "spme"

  @Option(help: ArgumentHelp("ekf, ukf or particle.", valueName: "filter"))
  var filter: String

  @Option(
    help: ArgumentHelp("State of charge at the first row, 0..1 or \"50 %\".", valueName: "soc"))
  var soc: String?

  @Option(
    name: .customLong("soc-sd"),
    help: ArgumentHelp("Its standard deviation, 0..1 or \"5 %\".", valueName: "sd"))
  var socSD: String?

  @Option(
    help: ArgumentHelp(
      "Ambient temperature, degC; else the record's, else 25.", valueName: "degC"))
  var ambient: Double?

  @Option(help: ArgumentHelp("Not in this version.", valueName: "parameters"))
  var track: String?

  @Option(
    name: .customLong("freeze-at"),
    help: ArgumentHelp("From this time on only predict, s of the record.", valueName: "second"))
  var freezeAt: Double?

  @Option(help: ArgumentHelp("Where to write the twin CSV.", valueName: "file"))
  var out: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try checkWords()
    let record = try readRecord()
    let parameters = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: cell))
    var replay = try ShadowReplay(
      record, cell: parameters, configuration: try estimator(record, parameters),
      ambient: ambient.map { $0 + 273.15 }, freezeAt: freezeAt)

    var table = ShadowTable(hasBands: try filterKind == .particle)
    let (summary, failure) = try replay.run { table.append($0) }
    do {
      try AtomicFile.write(table.text, to: out)
    } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
    if let failure { throw CommandFailure(status: 4, message: "\(data), \(failure)") }
    let report = ShadowReport(summary, frozen: freezeAt != nil)
    if output.json {
      try JSONOption.print(report)
    } else {
      print(report.text(data: data, out: out))
    }
  }

  private var filterKind: FilterKind {
    get throws {
      guard let kind = FilterKind(rawValue: filter) else {
        let known = FilterKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandFailure(status: 2, message: "--filter \(filter): this version has \(known)")
      }
      return kind
    }
  }

  private var filterModel: FilterModel {
    get throws {
      guard let known = FilterModel(rawValue: model) else {
        throw CommandFailure(status: 2, message: "--model \(model): must be spme or dfn")
      }
      return known
    }
  }

  private func checkWords() throws {
    let (model, filter) = (try filterModel, try filterKind)
    guard model == .spme || filter == .unscented else {
      throw CommandFailure(
        status: 2, message: "--filter \(filter.rawValue): carries spme; --model dfn wants ukf")
    }
    guard track == nil else {
      throw CommandFailure(
        status: 2, message: "--track: not in this version; the filter tracks its own list")
    }
    if let ambient, !(-60...100).contains(ambient) {
      throw CommandFailure(
        status: 2, message: "--ambient \(ambient): must be -60 to 100 degC")
    }
    if let freezeAt, !freezeAt.isFinite {
      throw CommandFailure(status: 2, message: "--freeze-at \(freezeAt): must be a time in seconds")
    }
    let place = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard place(out) != place(data) else {
      throw CommandFailure(status: 2, message: "--out \(out): is the input file")
    }
  }

  private func readRecord() throws -> BatteryDataTable {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: data))
    } catch {
      throw CommandFailure(status: 2, message: "--data \(data): cannot be read")
    }
    do {
      return try BatteryDataTable(parsing: Array(bytes), name: data)
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
  }

  private func estimator(
    _ record: BatteryDataTable, _ cell: CellParameters
  ) throws -> EstimatorConfiguration {
    var configuration = EstimatorConfiguration.unfamiliarCell
    configuration.filter = try filterKind
    configuration.model = try filterModel
    if let soc {
      configuration.stateOfCharge = try Fraction.parse(soc, "--soc", 0...1)
    } else {
      let model = SPMe(cell, mesh: configuration.mesh, thermal: .lumped)
      let celsius = record.surfaceTemperature?.first ?? ambient ?? 25
      let found = try? model.stateOfCharge(
        restedVoltage: record.voltage[0], temperature: celsius + 273.15)
      // Beyond the scale's ends the nearest end is as good a start as any.
      let ends = (cell.lowerVoltageCutoff.value + cell.upperVoltageCutoff.value) / 2
      configuration.stateOfCharge = found ?? (record.voltage[0] > ends ? 1 : 0)
    }
    if let socSD {
      configuration.stateOfChargeSD = try Fraction.parse(socSD, "--soc-sd", 1e-6...1)
    }
    return configuration
  }
}
