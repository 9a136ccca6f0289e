import ArgumentParser
import Electrochemistry
import Foundation
import Identification
import Journal
import Profiles
import Protocols
import Quantities
import Simulation

/// `lockstep identifiability`: what an experiment can tell of a cell's parameters.
struct IdentifiabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identifiability",
    abstract:
      "Which parameters an experiment can tell, which only together, and what would tell them apart.",
    discussion: """
      Of a record or a planned protocol: standard deviations by Fisher's information, the spectrum of what is \
      known against what was known before, combinations that no experiment of this model tells, and those that \
      this one does not; for each what would: another charge or temperature, faster sampling, pulses, a \
      thermometer, a reference electrode.

      Example: lockstep identifiability --cell chen2020 --protocol capacity \
      --parameters electrolyte.conductivity,cell.contact_resistance
      """)

  @OptionGroup var common: IdentificationOptions

  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp("Planned protocol, by name or path.", valueName: "protocol"))
  var protocolName: String?

  @Option(help: ArgumentHelp("Time between samples of a protocol, s.", valueName: "s"))
  var period = 1.0

  @Option(
    name: .customLong("noise"),
    help: ArgumentHelp("Of the voltage, sd, as in \"1 mV\".", valueName: "sd"))
  var noise = "1 mV"

  @OptionGroup var output: JSONOption

  func run() throws {
    guard period > 0, period <= 3600 else {
      throw CommandFailure(status: 2, message: "--period \(period): must be above 0 s, to 3600 s")
    }
    guard let sd = QuantityText.parse(noise, as: Volts.self)?.value, sd > 0, sd <= 1 else {
      throw CommandFailure(
        status: 2, message: "--noise \(noise): must be above 0 V, to 1 V, as in \"1 mV\"")
    }
    let (setting, data) = (try common.setting, common.data)
    let errors = ErrorModel(noiseSD: sd)
    let cases: [InformationCase]
    let runModel: RunModel
    switch (data.isEmpty, protocolName) {
    case (false, nil):
      let sources = try setting.records(data, "--data")
      runModel = try setting.model(sources.map(\.table))
      cases = sources.map { source in
        var record = setting.record(source)
        record.voltageErrors = errors
        return InformationCase(record)
      }
    case (true, let name?):
      runModel = try setting.model([])
      cases = [try setting.planned(name, period: period, errors: errors)]
    default:
      throw CommandFailure(status: 2, message: "one of --data and --protocol is wanted")
    }
    let fit = CellIdentification(setting.cell, setting.parameters, [], model: runModel)
    let analysis = Identifiability(
      fit.base, setting.parameters, cases, model: runModel, reference: fit.base)
    let report = IdentifiabilityReport(analysis)
    if output.json { try JSONOption.print(report) } else { print(report.text) }
  }
}

extension IdentificationSetting {
  /// A protocol as an experiment to come: the current that the file's cell would let flow.
  func planned(
    _ name: String, period: Double, errors: ErrorModel
  ) throws -> InformationCase {
    let path = try ShippedProfiles.locate(kind: .protocol, name: name)
    let steps = try ProtocolFile(path: path, grammar: .simulation).steps
    let current = try PlannedCurrent(cell, steps, stateOfCharge: startOfCharge, ambient: kelvin)
    return InformationCase(
      current: current.record, period: max(period, current.record.duration / 20_000),
      stateOfCharge: startOfCharge, stateOfChargeSD: 0.02, outputs: [.voltage(errors)])
  }
}
