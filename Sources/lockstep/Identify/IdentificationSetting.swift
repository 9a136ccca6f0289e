import DigitalTwin
import Electrochemistry
import Foundation
import Identification
import Journal
import Profiles
import Quantities
import Records
import Simulation

/// What identify, identifiability and design have in common: cell, parameters, model and records.
struct IdentificationSetting {
  /// A record as it was read.
  struct Source {
    var path: String
    var table: BatteryDataTable
    /// SHA-256 of its bytes.
    var hash: String
  }

  let cell: CellParameters
  let parameters: [IdentifiedParameter]
  private let name: CellModelName
  private let thermal: SPMe.Thermal?
  private let mesh: SPMe.MeshName
  private let soc: Double?
  private let ambient: Double?

  init(
    cell: String, model: String, thermal: String?, mesh: String?, parameters: String, soc: String?,
    ambient: Double?
  ) throws {
    self.cell = try CellFile.load(try ShippedProfiles.locate(kind: .cell, name: cell))
    guard let name = CellModelName(rawValue: model) else {
      throw CommandFailure(status: 2, message: "--model \(model): must be spm, spme or dfn")
    }
    self.name = name
    self.thermal = try thermal.map { word in
      guard let thermal = SPMe.Thermal(rawValue: word) else {
        throw CommandFailure(
          status: 2, message: "--thermal \(word): must be isothermal or lumped")
      }
      return thermal
    }
    let word = mesh ?? (name == .dfn ? "coarse" : "standard")
    guard let mesh = SPMe.MeshName(rawValue: word) else {
      throw CommandFailure(
        status: 2, message: "--mesh \(word): must be coarse, medium, standard or fine")
    }
    self.mesh = mesh
    self.parameters = try Self.parameters(parameters)
    self.soc = try soc.map { try Fraction.parse($0, "--soc", 0...1) }
    if let ambient, !(-60...100).contains(ambient) {
      throw CommandFailure(status: 2, message: "--ambient \(ambient): must be -60 to 100 degC")
    }
    self.ambient = ambient.map { $0 + 273.15 }
  }

  /// What is fitted beside what was asked for: the curves' offsets unless the file's are the cell's own, the
  /// negative one's where a reference electrode tells it; and the ambient's where a thermometer on the cell does.
  func nuisance(
    _ model: RunModel, _ records: [Source], curveIsOwn: Bool, fitsReference: Bool = true
  ) -> [IdentifiedParameter] {
    let hasThermometer = records.contains { $0.table.surfaceTemperature != nil }
    let hasReference = fitsReference && records.contains { $0.table.negativePotential != nil }
    let wanted: [IdentifiedParameter] =
      (curveIsOwn
        ? [] : [.openCircuitOffset] + (hasReference ? [.negativeOpenCircuitOffset] : []))
      + (hasThermometer && model.thermal == .lumped ? [.ambientOffset] : [])
    return wanted.filter { !parameters.contains($0) }
  }
  /// At the start of what is planned.
  var startOfCharge: Double { soc ?? 1 }
  /// Around what is planned, K.
  var kelvin: Double { ambient ?? 298.15 }

  private static func parameters(_ text: String) throws -> [IdentifiedParameter] {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return try words.map { word in
      guard let parameter = IdentifiedParameter(name: word) else {
        if word == "initial.state_of_charge" {
          throw CommandFailure(
            status: 2,
            message: "--parameters \(word): is fitted with every record unless --soc gives it")
        }
        let known =
          ParameterName.allCases.map(\.rawValue) + IdentifiedParameter.ownNames
        throw CommandFailure(
          status: 2,
          message: "--parameters \(word): no such parameter"
            + Suggestion.hint(for: word, among: known))
      }
      guard words.count(where: { $0 == word }) == 1 else {
        throw CommandFailure(status: 2, message: "--parameters \(word): stands twice")
      }
      return parameter
    }
  }

  /// Reads records; the option is named in errors.
  func records(_ paths: [String], _ option: String) throws -> [Source] {
    try paths.map { path in
      guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
        throw CommandFailure(status: 2, message: "\(option) \(path): cannot be read")
      }
      do {
        let table = try BatteryDataTable(parsing: Array(bytes), name: path)
        guard table.count >= 10, let first = table.time.first, let last = table.time.last,
          last > first
        else {
          throw CommandFailure(
            status: 2, message: "\(option) \(path): has \(table.count) rows; 10 are the least")
        }
        return Source(path: path, table: table, hash: SHA256.hexDigest(Array(bytes)))
      } catch let error as BatteryDataError {
        throw CommandFailure(status: 2, message: "\(error)")
      }
    }
  }

  /// The model that these records want: with heat where a thermometer was on the cell.
  func model(_ tables: [BatteryDataTable]) throws -> RunModel {
    let hasThermometer = tables.contains { $0.surfaceTemperature != nil }
    return RunModel(
      name, thermal: thermal ?? (hasThermometer ? .lumped : .isothermal), mesh: mesh,
      tolerance: name == .dfn ? 1e-4 : 1e-5)
  }

  /// Of the records those that tell most of the parameters of the file's cell, what is fitted beside them unknown,
  /// by a model that is off by some 5 mV and half a per cent of charge for minutes: with white noise alone the
  /// longest record would be the best.
  func choose(
    _ count: Int, of sources: [Source], _ model: RunModel, nuisance: [IdentifiedParameter],
    fitsReference: Bool
  ) -> RecordChoice {
    let all = parameters + nuisance
    let fit = CellIdentification(cell, all, [], model: model)
    let information = concurrently(sources.count) { k in
      var record = self.record(sources[k])
      record.temperatureErrors = ErrorModel(noiseSD: 0.3, discrepancySD: 0.5)
      if !fitsReference { record.separatorPotentials = [] }
      return FisherInformation(
        fit.base, all, InformationCase(record), model: model, reference: fit.base)
    }
    return RecordChoice(
      information, priorSDs: all.map(\.priorSD), count: count, wanted: parameters.count)
  }

  /// A source made ready: noise of a good bench, to be estimated from what a fit leaves.
  func record(_ source: Source) -> IdentificationRecord {
    let table = source.table
    let celsius = table.surfaceTemperature?.first ?? table.ambientTemperature?.first
    let temperature = ambient ?? (celsius ?? 25) + 273.15
    let start = StartOfCharge(
      cell, voltage: table.voltage[0], current: table.current[0], temperature: temperature)
    return IdentificationRecord(
      table, name: source.path, tolerance: 5e-4 * cell.nominalCapacity.value, ambient: ambient,
      stateOfCharge: soc ?? start.mean,
      // A rested voltage tells it to 2 mV; under current the parameters have a say.
      stateOfChargeSD: soc == nil ? (start.sd > 0 ? 0.1 : 0.03) : 0,
      // A good bench, and a model that is as far off as specimens differ; what a fit leaves tells more.
      voltageErrors: ErrorModel(noiseSD: 1e-3, discrepancySD: 5e-3, chargeSD: 5e-3))
  }
}
