import ArgumentParser
import Assets
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Protocols
import Quantities

/// What if: a cell under a constant current or a protocol, with bands.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "What a cell would do under a current or a protocol, with 95 % bands.",
    discussion: """
      From a rested cell of the file's type: state of charge, parameters, open-circuit offsets and what the \
      model does not explain are uncertain. Positive current charges. Also says when the cell's cut-off \
      voltages, a plating margin of zero and, with --limits, its temperature limits are met.

      --protocol simulates 256 cells drawn from what is uncertain, each with its own step ends (seed \
      1); after its end, or a cut-off, the cell rests. --asset starts from the asset's newest version, \
      takes --soc of the present capacity, and logs what it predicts, to be scored by a later shadow.

      Example: lockstep predict --cell chen2020 --soc 0.4 --current 2C --for "5 min"
      """)

  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String?

  @Option(help: ArgumentHelp("Asset, in place of a cell.", valueName: "name"))
  var asset: String?

  @Option(help: ArgumentHelp("State of charge, 0..1 or \"50 %\".", valueName: "soc"))
  var soc: String

  @Option(
    name: .customLong("soc-sd"),
    help: ArgumentHelp("Its standard deviation, 0..1 or a percentage.", valueName: "sd"))
  var socSD = "1 %"

  @Option(help: ArgumentHelp("Current: \"2 A\", \"-1C\", \"C/3\".", valueName: "current"))
  var current: String?

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("Protocol in place of a current, by name or path.", valueName: "protocol"))
  var protocolName: String?

  @Option(
    help: ArgumentHelp("Limits file of the cell, by name or path.", valueName: "limits"))
  var limits: String?

  @Option(
    help: ArgumentHelp(
      "Voltage that the model does not explain, sd, as in \"2 mV\"; see shadow.", valueName: "sd"))
  var discrepancy: String?

  @Option(name: .customLong("for"), help: ArgumentHelp("How long.", valueName: "time"))
  var duration: String

  @Option(help: ArgumentHelp("Time between rows, s; a sixtieth of the whole.", valueName: "s"))
  var period: Double?

  @Option(help: ArgumentHelp("Ambient temperature, degC.", valueName: "degC"))
  var ambient = 25.0

  @Option(help: ArgumentHelp("Cell temperature at the start, degC; ambient.", valueName: "degC"))
  var temperature: Double?

  @Option(help: ArgumentHelp("Where to write the twin CSV.", valueName: "file"))
  var out: String?

  @OptionGroup var place: DataOption
  @OptionGroup var output: JSONOption

  func run() throws {
    try reportingAssetErrors {
      let subject = try subject()
      let limits = try self.limits.map {
        try LimitsFile(path: try ShippedProfiles.locate(kind: .limits, name: $0))
      }
      try out.map { try OutputPath.refuse($0, among: inputs()) }
      let report: PredictionReport
      do {
        report = try PredictionReport(subject, try course(), limits)
      } catch let error as EstimationError {
        throw CommandFailure(status: 4, message: "\(subject.name): \(error)")
      }
      if let out {
        do { try AtomicFile.write(report.table, to: out) } catch {
          throw CommandFailure(status: 2, message: "--out: \(error)")
        }
      }
      if let failure = report.failure {
        throw CommandFailure(status: 4, message: "\(subject.name), \(failure)")
      }
      try log(report, of: subject)
      if output.json { try JSONOption.print(report) } else { print(report.text) }
    }
  }

  /// Files that the prediction is made from.
  private func inputs() throws -> [String] {
    try [
      cell.map { try ShippedProfiles.locate(kind: .cell, name: $0) },
      limits.map { try ShippedProfiles.locate(kind: .limits, name: $0) },
      protocolName.map { try ShippedProfiles.locate(kind: .protocol, name: $0) },
    ].compactMap(\.self)
  }

  /// What is done to the cell.
  private func course() throws -> PredictionCourse {
    switch (current, protocolName) {
    case (let current?, nil):
      guard let value = CurrentValue(current) else {
        throw CommandFailure(
          status: 2, message: "--current \(current): must be \(CurrentValue.wanted)")
      }
      return .current(value)
    case (nil, let name?):
      let path = try ShippedProfiles.locate(kind: .protocol, name: name)
      return .steps(try ProtocolFile(path: path, grammar: .simulation).steps)
    default:
      throw CommandFailure(status: 2, message: "one of --current and --protocol is wanted")
    }
  }

  /// Which cell, and what is believed of it.
  private func subject() throws -> PredictionSubject {
    var base = try Misfit.configuration(discrepancy)
    base.filter = .unscented
    base.stateOfChargeSD = try Fraction.parse(socSD, "--soc-sd", 1e-6...1)
    let charge = try Fraction.parse(soc, "--soc", 0...1)
    let seconds = try time()
    let spacing = period ?? seconds / 60
    // Of a protocol every draw keeps its rows.
    let most = protocolName == nil ? (rows: 1e6, text: "10^6") : (rows: 1e4, text: "10^4")
    guard spacing > 0, spacing.isFinite, seconds / spacing <= most.rows else {
      throw CommandFailure(
        status: 2, message: "--period \(spacing): must be above 0 s, \(most.text) rows at most")
    }
    let air = try kelvin(ambient, "--ambient")
    let start = try temperature.map { try kelvin($0, "--temperature") } ?? air
    var subject: PredictionSubject
    switch (cell, asset) {
    case (let cell?, nil):
      subject = PredictionSubject(
        name: cell, cell: try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: cell)),
        configuration: base)
    case (nil, let name?):
      let asset = try TrackedAsset(
        name, cell: nil, in: try AssetPlace.reading(place.folder), place: place.folder)
      let days = max(0, asset.days(until: Date().timeIntervalSince1970))
      subject = PredictionSubject(
        name: name, cell: asset.cell,
        configuration: try asset.configuration(base, days: days, cycles: 0))
      subject.version = asset.parent?.number
      if let belief = try asset.belief {
        subject.scale = StateOfChargeScale(asset.cell, belief)
      }
    default:
      throw CommandFailure(status: 2, message: "one of --cell and --asset is wanted")
    }
    let scale = subject.scale
    subject.configuration.stateOfCharge = scale.onFile(charge)
    subject.configuration.stateOfChargeSD *= scale.full - scale.empty
    subject.charge = charge
    (subject.duration, subject.period) = (seconds, spacing)
    (subject.ambient, subject.temperature) = (air, start)
    return subject
  }

  /// Notes what an asset is said to do, a reading's noise included.
  private func log(_ report: PredictionReport, of subject: PredictionSubject) throws {
    guard let version = subject.version, let asset else { return }
    let condition: LoggedPrediction.Condition
    let sd = try Fraction.parse(socSD, "--soc-sd", 1e-6...1)
    if let current = report.currentAmpere {
      condition = .current(
        current, stateOfCharge: subject.charge, stateOfChargeSD: sd, ambient: ambient)
    } else {
      condition = .steps(
        report.stepTexts.joined(separator: "\n"), stateOfCharge: subject.charge,
        stateOfChargeSD: sd, ambient: ambient)
    }
    let c = subject.configuration
    let end = report.last
    func prediction(_ quantity: String, _ value: Normal, _ errors: [Double]) -> LoggedPrediction {
      LoggedPrediction(
        version: version, unixTime: Date().timeIntervalSince1970, quantity: quantity,
        horizon: subject.duration, condition: condition, mean: value.mean,
        sd: errors.reduce(value.sd * value.sd) { $0 + $1 * $1 }.squareRoot())
    }
    let celsius = Normal(end.temperature.mean - 273.15, sd: end.temperature.sd)
    let store = try AssetPlace.writing(place.folder)
    try store.log(
      [
        prediction("voltage_volt", end.voltage.normal, [c.voltageNoise]),
        prediction(
          "temperature_celsius", celsius, [c.temperatureNoise, c.temperatureOffsetSD]),
      ], of: asset)
    try store.close()
  }

  private func time() throws -> Double {
    guard let value = QuantityText.parse(duration, as: Seconds.self)?.value, value > 0,
      value <= 86_400 * 30
    else {
      throw CommandFailure(
        status: 2, message: "--for \(duration): must be a time up to 30 days, as in \"5 min\"")
    }
    return value
  }

  private func kelvin(_ celsius: Double, _ option: String) throws -> Double {
    guard (-60...100).contains(celsius) else {
      throw CommandFailure(status: 2, message: "\(option) \(celsius): must be -60 to 100 degC")
    }
    return celsius + 273.15
  }
}
