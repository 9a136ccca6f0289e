import ArgumentParser
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Prescription
import Profiles
import Protocols
import Quantities

/// `lockstep prescribe`: a charge for a cell, with its predicted outcome and bands.
struct PrescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prescribe",
    abstract: "Work out a charge within limits; say what it will do, beside other charges.",
    discussion: """
      ride: the largest current that keeps every limit with two standard deviations of what is believed; \
      mpc: the currents that cost least (time, and what heat and nearness to plating are worth by \
      --temperature-cost and --plating-cost); cccv: the fastest constant current and voltage that keep \
      every limit, or those of --current and --voltage. --out is an ordinary protocol. On a bench a \
      campaign's phase `charge` decides anew in each control period, from what is measured.

      Example: lockstep prescribe --cell chen2020 --from 0.1 --to 0.8 --policy ride --ambient 10 \
      --max-current 6A --plating-margin "10 mV" --out charge.toml
      """)

  @OptionGroup var subject: PrescribeSubject

  @Option(help: ArgumentHelp("mpc, ride or cccv.", valueName: "policy"))
  var policy = "ride"

  @OptionGroup var bounds: PrescribeLimits

  @Option(help: ArgumentHelp("Of a cccv, \"3 A\" or \"C/2\".", valueName: "current"))
  var current: String?

  @Option(help: ArgumentHelp("Of a cccv.", valueName: "voltage"))
  var voltage: String?

  @Option(
    name: .customLong("temperature-cost"),
    help: ArgumentHelp("Of an mpc, s per s and K above 25 degC.", valueName: "weight"))
  var temperatureCost: Double?

  @Option(
    name: .customLong("plating-cost"),
    help: ArgumentHelp("Of an mpc, s per s at a separator potential of 0 V.", valueName: "weight"))
  var platingCost: Double?

  @Option(help: ArgumentHelp("How long a current stands.", valueName: "time"))
  var period = "60 s"

  @Option(help: ArgumentHelp("Protocol to write.", valueName: "file"))
  var out: String

  @OptionGroup var output: JSONOption

  func run() throws {
    try reportingAssetErrors {
      let known = try subject.load()
      let limits = try bounds.limits(known)
      try OutputPath.refuse(out, among: [known.path, bounds.path()].compactMap(\.self))
      let chosen = try chosen(known.cell)
      let report: PrescriptionReport
      do {
        report = try PrescriptionReport(known, chosen, limits, period: seconds())
      } catch let error as EstimationError {
        throw CommandFailure(status: 4, message: "\(known.name): \(error)")
      } catch let error as TwinError {
        throw CommandFailure(status: 4, message: "\(known.name): \(error)")
      }
      guard report.prescription.duration != nil else {
        throw CommandFailure(status: 1, message: report.miss(limits))
      }
      // Written before it is said to be.
      if report.violations.isEmpty {
        do {
          try AtomicFile.write(report.protocolText(limits), to: out)
        } catch { throw CommandFailure(status: 2, message: "--out: \(error)") }
      }
      if output.json { try JSONOption.print(report) } else { print(report.text(out: out)) }
      if let first = report.violations.first {
        throw CommandFailure(
          status: 1,
          message: "the prediction breaks a limit, \(out) is not written: \(first.line)")
      }
    }
  }

  private func seconds() throws -> Double {
    guard let value = QuantityText.parse(period, as: Seconds.self)?.value,
      (1...600).contains(value)
    else {
      throw CommandFailure(
        status: 2, message: "--period \(period): must be 1 to 600 s, as in \"60 s\"")
    }
    return value
  }

  private func chosen(_ cell: CellParameters) throws -> ChargePolicy {
    func refuse(_ given: Bool, _ options: String, _ of: String) throws {
      guard !given else {
        throw CommandFailure(status: 2, message: "\(options): belong to --policy \(of)")
      }
    }
    if policy != "cccv" {
      try refuse(current != nil || voltage != nil, "--current, --voltage", "cccv")
    }
    if policy != "mpc" {
      try refuse(
        temperatureCost != nil || platingCost != nil, "--temperature-cost, --plating-cost", "mpc")
    }
    switch policy {
    case "ride": return .ride
    case "mpc":
      let weights = [temperatureCost ?? 0, platingCost ?? 0]
      guard weights.allSatisfy({ (0...100).contains($0) }) else {
        throw CommandFailure(
          status: 2, message: "--temperature-cost, --plating-cost: must be 0 to 100")
      }
      return .mpc(
        PredictiveCharge(cost: ChargeCost(temperature: weights[0], plating: weights[1])))
    case "cccv":
      guard (current == nil) == (voltage == nil) else {
        throw CommandFailure(
          status: 2, message: "--current and --voltage: both are wanted, or neither")
      }
      guard let current, let voltage else { return .cccv(current: nil, voltage: nil) }
      return .cccv(
        current: Amperes(try PrescribeLimits.amperes(current, "--current", cell)),
        voltage: Volts(try PrescribeLimits.volts(voltage, "--voltage", 0.5...5, as: "4.1 V")))
    default:
      throw CommandFailure(
        status: 2,
        message: "--policy \(policy): must be mpc, ride or cccv"
          + Suggestion.hint(for: policy, among: ["mpc", "ride", "cccv"]))
    }
  }
}
