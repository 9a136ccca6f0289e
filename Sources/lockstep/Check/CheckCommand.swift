import ArgumentParser
import Drivers
import Electrochemistry
import Profiles
import Quantities
import Safety

/// `lockstep check`: dry run of a bench and a campaign; opens nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Validate a bench and a campaign without opening anything.",
    discussion: """
      Files, limits and their nesting, wiring rules, what the bus costs in time, the worst time to safe \
      of each device, and what the twin expects of each protocol against the limits in force. \
      Status 1 when the forecast breaks a limit, 2 when a file, the wiring or the scan is refused.

      Example: lockstep check demo demo
      """)

  @Argument(help: "Bench file, or the name of a shipped one.")
  var bench: String

  @Argument(help: "Campaign or protocol file, or the name of a shipped one.")
  var job: String?

  @Option(
    help: ArgumentHelp(
      "State of charge that the forecast starts from, 0..1; the campaign's, else 0.5.",
      valueName: "soc"))
  var soc: Double?

  @Option(
    help: ArgumentHelp(
      "Ambient temperature that it starts at, degC; the cell file's.", valueName: "degC"))
  var ambient: Double?

  @OptionGroup var output: JSONOption

  func run() throws {
    if let soc, !(0...1).contains(soc) {
      throw CommandFailure(status: 2, message: "--soc \(soc): must be 0..1")
    }
    if let ambient, !(-60...100).contains(ambient) {
      throw CommandFailure(status: 2, message: "--ambient \(ambient): must be -60 to 100 degC")
    }
    let plan = try job.map { try RunPlan(job: $0, bench: bench) } ?? RunPlan(settingUp: bench)
    let report = try report(plan)
    if report.times.isTooSlow {
      throw CommandFailure(
        status: 2,
        message: "\(plan.files.bench.path): scan: \(plan.files.bench.scan): the wire alone takes "
          + DeviceTimes.text(report.times.achievableScanSecond))
    }
    try output.json ? JSONOption.print(report) : print(report.text)
    if let first = report.firstBreak {
      throw CommandFailure(status: 1, message: "the forecast breaks a limit: \(first)")
    }
  }

  private func report(_ plan: RunPlan) throws -> CheckReport {
    _ = try plan.wiring()
    let file = plan.files.bench
    let start = soc ?? plan.files.campaign.initial?.stateOfCharge.value ?? 0.5
    let celsius = ambient ?? plan.cell.ambientTemperature - 273.15
    var forecaster = Forecaster(plan, stateOfCharge: start, ambient: celsius)
    let source = file.instruments.firstIndex { $0.role == .source || $0.role == .bidirectional }
    return CheckReport(
      bench: file.name, asset: file.asset, cell: plan.cell.title,
      limitsSource: "\(plan.files.limits.path) (\(plan.files.limits.source))",
      researchOverride: plan.files.campaign.researchOverride.map { "\($0)" },
      limits: plan.envelopes.enumerated().flatMap { Self.limits($0.element, phase: $0.offset + 1) },
      wiring: file.wiring.rawValue, wiringNotes: Self.notes(file),
      sourceCeilingVolt: plan.sourceCeiling.value,
      overVoltageVolt: source.flatMap { plan.armedLimits($0).voltage?.value },
      times: DeviceTimes(plan), stateOfChargeStart: start, ambientCelsius: celsius,
      forecast: job == nil ? [] : try forecaster.forecasts())
  }

  private static func limits(_ envelope: Envelope, phase: Int) -> [CheckReport.Limit] {
    LimitKind.allCases.compactMap { kind in
      envelope.band(kind).map {
        CheckReport.Limit(
          phase: phase, kind: kind.rawValue, operate: [$0.operateLow, $0.operateHigh],
          trip: [$0.tripLow, $0.tripHigh])
      }
    }
  }

  /// A bench of a rig need not declare what protects a real cell; it is told what it lacks.
  private static func notes(_ bench: BenchFile) -> [String] {
    do {
      try WiringRules.checkReal(bench)
      return ["fuse, contactors in series and E-stop are declared"]
    } catch {
      return ["for a rig only: \(error)"]
    }
  }
}
