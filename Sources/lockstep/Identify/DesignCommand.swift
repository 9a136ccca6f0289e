import ArgumentParser
import Electrochemistry
import Estimation
import Excitation
import Foundation
import Identification
import Journal
import Profiles
import Protocols
import Quantities
import Safety
import Simulation

/// `lockstep design`: the current that tells most of a cell's parameters within limits.
struct DesignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "design",
    abstract:
      "Design an excitation; say what it will tell beside CCCV, GITT, HPPC, PRBS and a drive cycle.",
    discussion: """
      Finds currents that the bench can make, constant for a while each, that leave least uncertainty \
      (--criterion D: its volume, A: the mean variance, E: the worst direction, ME: the worst against the best), \
      with every limit kept by the prediction and 2.6 standard deviations. Information is averaged over what is \
      believed of the cell, and does not count where SPMe and DFN disagree. --out is an ordinary protocol, each \
      step with the voltage that ends it.

      Example: lockstep design --cell chen2020 --duration "30 min" --criterion D --soc 0.6 \
      --parameters negative_electrode.diffusivity,electrolyte.diffusivity --out excitation.toml
      """)

  @Option(help: ArgumentHelp("Cell, by name or path (BPX).", valueName: "cell"))
  var cell: String?

  @Option(help: ArgumentHelp("Asset, in place of a cell.", valueName: "name"))
  var asset: String?

  @Option(help: ArgumentHelp("Parameters, separated by commas.", valueName: "parameters"))
  var parameters: String

  @Option(help: ArgumentHelp("How long, as in \"2 h\".", valueName: "time"))
  var duration: String

  @Option(help: ArgumentHelp("D, A, E or ME.", valueName: "criterion"))
  var criterion = "D"

  @Option(help: ArgumentHelp("State of charge at the start.", valueName: "soc"))
  var soc = "50 %"

  @Option(
    help: ArgumentHelp(
      "What is known of each parameter before, sd; of an asset its own.", valueName: "sd"))
  var uncertainty = "20 %"

  @Option(
    name: .customLong("max-current"),
    help: ArgumentHelp("Largest current either way, \"6 A\" or \"1.2C\".", valueName: "current"))
  var maximumCurrent = "1C"

  @Option(
    help: ArgumentHelp("Limits file of the cell, by name or path.", valueName: "limits"))
  var limits: String?

  @Option(
    name: .customLong("plating-margin"),
    help: ArgumentHelp("Kept at the negative electrode, as in \"10 mV\".", valueName: "voltage"))
  var platingMargin = "0 mV"

  @Option(help: ArgumentHelp("Ambient temperature, degC.", valueName: "degC"))
  var ambient = 25.0

  @Option(
    help: ArgumentHelp(
      "Bench, by name or path: its set-points' step, direction change, period, currents and noise.",
      valueName: "bench"))
  var bench: String?

  @Option(
    help: ArgumentHelp(
      "Shortest time that a current stands, s; the bench's own, else 10.", valueName: "s"))
  var dwell: Double?

  @Option(
    name: .customLong("noise"),
    help: ArgumentHelp(
      "Of the voltage, sd, as in \"1 mV\"; the bench's own, else that.", valueName: "sd"))
  var noise: String?

  @Option(
    help: ArgumentHelp("Voltage that the model will not explain, sd.", valueName: "sd"))
  var discrepancy = "1 mV"

  @Flag(help: "Without a thermometer on the cell.")
  var noThermometer = false

  @Option(help: ArgumentHelp("Plans judged at most.", valueName: "count"))
  var effort = 4000

  @Flag(help: "Also count information where SPMe and DFN disagree.")
  var trustModel = false

  @Option(help: ArgumentHelp("Of the search.", valueName: "seed"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Protocol to write.", valueName: "file"))
  var out: String

  @Option(
    name: .customLong("report"),
    help: ArgumentHelp("Page of tables and pictures to write (HTML).", valueName: "file"))
  var pagePath: String?

  @OptionGroup var place: DataOption
  @OptionGroup var output: JSONOption

  func run() throws {
    try reportingAssetErrors {
      let problem = try problem()
      guard (100...1_000_000).contains(effort) else {
        throw CommandFailure(status: 2, message: "--effort \(effort): must be 100 to 1000000")
      }
      try OutputPath.refuse(out, among: inputs())
      let page = try pagePath.map { try PageFile($0, apartFrom: [out] + inputs()) }
      var design = ExcitationDesign(problem)
      design.budget = effort
      guard let result = design.run() else {
        throw CommandFailure(
          status: 1,
          message: "--soc \(soc): no excitation keeps the limits from here with "
            + "\(IdentificationReport.number(problem.safety)) standard deviations to spare")
      }
      let report = DesignReport(problem, result)
      do { try AtomicFile.write(report.protocolText, to: out) } catch {
        throw CommandFailure(status: 2, message: "--out: \(error)")
      }
      try page?.write(
        DesignPage(subject: cell ?? asset ?? "", out: out, problem, result, report).page)
      if output.json { try JSONOption.print(report) } else { print(report.text(out: out)) }
    }
  }

  /// Files that the design is made from.
  private func inputs() throws -> [String] {
    let file = try cell ?? (asset == nil ? nil : trackedAsset().cellFile)
    return try [
      file.map { try ShippedProfiles.locate(kind: .cell, name: $0) },
      limits.map { try ShippedProfiles.locate(kind: .limits, name: $0) },
      bench.map { try ShippedProfiles.locate(kind: .bench, name: $0) },
    ].compactMap(\.self)
  }

  private func problem() throws -> DesignProblem {
    let subject = try subject()
    let file = try limits.map {
      try LimitsFile(path: try ShippedProfiles.locate(kind: .limits, name: $0))
    }
    let cell = subject.reference
    let current = try DesignCommand.amperes(maximumCurrent, cell)
    let low = max(cell.lowerVoltageCutoff.value, file?.voltage.lowerBound.value ?? 0)
    let high = min(cell.upperVoltageCutoff.value, file?.voltage.upperBound.value ?? 10)
    let hot = file.map { $0.chargeTemperature.upperBound.value } ?? 45
    if let dwell, !(1...3600).contains(dwell) {
      throw CommandFailure(status: 2, message: "--dwell \(dwell): must be 1 to 3600 s")
    }
    let plan = try bench.map {
      try RunPlan(settingUp: try ShippedProfiles.locate(kind: .bench, name: $0))
    }
    var timing = plan?.actuationTiming ?? ActuationTiming()
    timing.dwell = dwell ?? timing.dwell
    let able = plan?.envelopes.first?.band(.current)
    guard (-40...80).contains(ambient) else {
      throw CommandFailure(status: 2, message: "--ambient \(ambient): must be -40 to 80 degC")
    }
    guard let criterion = DesignCriterion(rawValue: criterion) else {
      throw CommandFailure(status: 2, message: "--criterion \(criterion): must be D, A, E or ME")
    }
    guard let time = QuantityText.parse(duration, as: Seconds.self)?.value,
      (60...86_400).contains(time)
    else {
      throw CommandFailure(
        status: 2, message: "--duration \(duration): must be 1 min to 24 h, as in \"2 h\"")
    }
    var problem = DesignProblem(
      cell: subject.cell, reference: cell, parameters: subject.parameters,
      covariance: subject.covariance,
      limits: ExcitationLimits(
        voltage: low...high,
        current: max(
          -current, able?.operateLow ?? -current)...min(current, able?.operateHigh ?? current),
        temperature: (ambient - 40 + 273.15)...(hot + 273.15),
        platingMargin: try volts(platingMargin, "--plating-margin", 0...1)),
      timing: timing,
      voltageErrors: ErrorModel(
        noiseSD: try noise.map { try volts($0, "--noise", 1e-6...1) }
          ?? max(plan?.files.bench.accuracy.voltage.noise ?? 1e-3, 1e-4),
        discrepancySD: try volts(discrepancy, "--discrepancy", 0...1)),
      temperatureErrors: noThermometer ? nil : ErrorModel(noiseSD: 0.1, discrepancySD: 0.2),
      stateOfCharge: try Fraction.parse(soc, "--soc", 0...1), stateOfChargeSD: 0.01,
      ambient: ambient + 273.15, criterion: criterion, duration: time)
    problem.trustsBothModelsOnly = !trustModel
    problem.seed = seed
    problem.rivals = [("US06", try Self.plan("us06"))]
    return problem
  }

  private func volts(_ text: String, _ option: String, _ range: ClosedRange<Double>) throws
    -> Double
  {
    guard let value = QuantityText.parse(text, as: Volts.self)?.value, range.contains(value) else {
      throw CommandFailure(
        status: 2,
        message: "\(option) \(text): must be \(range.lowerBound) to \(range.upperBound) V, as in "
          + "\"1 mV\"")
    }
    return value
  }

  /// A shipped protocol of constant currents.
  static func plan(_ name: String) throws -> ExcitationPlan {
    let file = try ProtocolFile(path: try ShippedProfiles.locate(kind: .protocol, name: name))
    return ExcitationPlan(
      file.steps.map { step in
        var current = 0.0
        if case .current(.amperes(let value)) = step.mode { current = value.value }
        return .init(current: current, duration: step.duration?.value ?? 0)
      })
  }

  private static func amperes(_ text: String, _ cell: CellParameters) throws -> Double {
    let value: Double? =
      switch CurrentValue(text) {
      case .amperes(let amperes): amperes.value
      case .rate(let rate): rate * cell.nominalCapacity.value
      case nil: nil
      }
    guard let value, value > 0 else {
      throw CommandFailure(
        status: 2, message: "--max-current \(text): must be \(CurrentValue.wanted), above 0")
    }
    return value
  }
}

/// Whose excitation is designed.
private struct DesignSubject {
  var cell: CellParameters
  var reference: CellParameters
  var parameters: [IdentifiedParameter]
  var covariance: [Double]
}

extension DesignCommand {
  private func subject() throws -> DesignSubject {
    let sd = try Fraction.parse(uncertainty, "--uncertainty", 1e-3...1)
    let name = try cell ?? (asset == nil ? nil : trackedAsset().cellFile)
    guard let name, (cell == nil) != (asset == nil) else {
      throw CommandFailure(status: 2, message: "one of --cell and --asset is wanted")
    }
    let setting = try IdentificationSetting(
      cell: name, model: "spme", thermal: nil, mesh: nil, parameters: parameters, soc: nil,
      ambient: ambient)
    let fit = CellIdentification(setting.cell, setting.parameters, [], model: RunModel(.spme))
    var subject = DesignSubject(
      cell: fit.base, reference: fit.base, parameters: setting.parameters,
      covariance: DesignProblem.belief(setting.parameters, sd: sd))
    guard asset != nil, let belief = try trackedAsset().belief else { return subject }
    var factors: [ParameterName: Double] = [:]
    let n = setting.parameters.count
    for (k, parameter) in setting.parameters.enumerated() {
      guard case .factor(let name) = parameter, name != .contactResistance,
        let known = belief[.logFactor(name)]
      else { continue }
      factors[name] = exp(known.mean)
      subject.covariance[k * n + k] = known.sd * known.sd
    }
    if let resistance = belief[.contactResistance] {
      subject.cell = subject.cell.withContactResistance(
        max(setting.cell.contactResistance + resistance.mean, 1e-4))
    }
    subject.cell = subject.cell.scaled(factors)
    return subject
  }

  private func trackedAsset() throws -> TrackedAsset {
    try TrackedAsset(
      asset ?? "", cell: nil, in: try AssetPlace.reading(place.folder), place: place.folder)
  }
}
