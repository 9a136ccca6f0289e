import ArgumentParser
import Assets
import DigitalTwin
import Electrochemistry
import Estimation
import Journal
import Profiles
import Records

/// `lockstep shadow`: the digital shadow on a record.
struct ShadowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shadow",
    abstract: "Follow a record with a cell model and a filter; write what the shadow believed.",
    discussion: """
      The filter tracks charge, heat, concentrations, seven parameters, series resistance and offsets. \
      Current is taken linear between rows. Without --soc the first row tells the charge: a rested cell \
      that shows its voltage as soon as its current flows. --freeze-at ends assimilation; otherwise every 10 minutes a frozen copy \
      predicts the next 10, which gives the open-loop error.

      With --asset the record is one of a cell with a history: the filter goes on from the asset's \
      newest version, widened for the time since, tracks active fractions and lithium inventory, too, \
      and what it believes at the end becomes the next version. --cell makes the asset with its first \
      record.

      Example: lockstep shadow --cell chen2020 --data cell.bdf.csv --filter ekf --out cell.twin.csv
      """)

  @Option(
    help: ArgumentHelp("Cell, by name or path (BPX); of a new asset, too.", valueName: "cell"))
  var cell: String?

  @Option(help: ArgumentHelp("Asset: goes on from its newest version.", valueName: "name"))
  var asset: String?

  @Option(
    help: ArgumentHelp(
      "Folder of the asset store; $XDG_DATA_HOME/lockstep when not given.", valueName: "dir"))
  var store: String?

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

  @Option(
    help: ArgumentHelp("More parameters to track, separated by commas.", valueName: "parameters"))
  var track: String?

  @Option(
    help: ArgumentHelp(
      "Voltage that the model does not explain, sd (\"2 mV\"), of a cell that the file was fitted to.",
      valueName: "sd"))
  var discrepancy: String?

  @Option(
    name: .customLong("freeze-at"),
    help: ArgumentHelp("From this time on only predict, s of the record.", valueName: "second"))
  var freezeAt: Double?

  @Option(help: ArgumentHelp("Where to write the twin CSV.", valueName: "file"))
  var out: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try checkWords()
    let base = try baseConfiguration()
    let (record, hash) = try readRecord()
    guard let asset else {
      guard let cell else {
        throw CommandFailure(status: 2, message: "one of --cell and --asset is wanted")
      }
      let parameters = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: cell))
      var configuration = base
      for name in try extraParameters() where !base.parameters.contains(where: { $0.name == name })
      {
        configuration.parameters.append(EstimatorConfiguration.TrackedParameter(name))
      }
      let shadow = try follow(record, parameters, configuration)
      try finish(shadow.summary)
      return
    }
    try reportingAssetErrors { try track(asset, record, hash: hash, base) }
  }

  /// Follows the record and writes the twin CSV.
  ///
  /// - Parameter scale: of the state of charge in options and file.
  func follow(
    _ record: BatteryDataTable, _ cell: CellParameters, _ base: EstimatorConfiguration,
    scale: StateOfChargeScale = .file
  ) throws -> (summary: ShadowSummary, constants: ConstantsBelief, stateOfCharge: [Double]) {
    let configuration = try started(base, record, cell, scale: scale)
    var replay = try ShadowReplay(
      record, cell: cell, configuration: configuration,
      ambient: ambient.map { $0 + 273.15 }, freezeAt: freezeAt)
    var table = ShadowTable(hasBands: try filterKind == .particle)
    var charge: [Double] = []
    let (followed, failure) = try replay.run { row in
      var row = row
      row.belief.stateOfCharge = scale.present(row.belief.stateOfCharge)
      charge.append(row.belief.stateOfCharge.mean)
      table.append(row)
    }
    var summary = followed
    summary.stateOfCharge = scale.present(summary.stateOfCharge)
    do {
      try AtomicFile.write(table.text, to: out)
    } catch {
      throw CommandFailure(status: 2, message: "--out: \(error)")
    }
    if let failure { throw CommandFailure(status: 4, message: "\(data), \(failure)") }
    return (summary, replay.constants, charge)
  }

  func finish(_ summary: ShadowSummary, version: AssetVersion? = nil, of asset: String? = nil)
    throws
  {
    let report = ShadowReport(summary, frozen: freezeAt != nil, version: version, of: asset)
    if output.json {
      try JSONOption.print(report)
    } else {
      print(report.text(data: data, out: out))
    }
  }
}
