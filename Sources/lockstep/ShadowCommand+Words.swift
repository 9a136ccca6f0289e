import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Quantities
import Records

extension ShadowCommand {
  var filterKind: FilterKind {
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

  func checkWords() throws {
    let (model, filter) = (try filterModel, try filterKind)
    guard model == .spme || filter == .unscented else {
      throw CommandFailure(
        status: 2, message: "--filter \(filter.rawValue): carries spme; --model dfn wants ukf")
    }
    _ = try extraParameters()
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

  /// The record and its SHA-256.
  func readRecord() throws -> (BatteryDataTable, hash: String) {
    let bytes: Data
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: data))
    } catch {
      throw CommandFailure(status: 2, message: "--data \(data): cannot be read")
    }
    do {
      let bytes = Array(bytes)
      return (try BatteryDataTable(parsing: bytes, name: data), SHA256.hexDigest(bytes))
    } catch {
      throw CommandFailure(status: 2, message: "\(error)")
    }
  }

  /// Noise and priors of a cell that nothing is known of beyond its file.
  func baseConfiguration() throws -> EstimatorConfiguration {
    var configuration = try Misfit.configuration(discrepancy)
    configuration.filter = try filterKind
    configuration.model = try filterModel
    return configuration
  }

  /// Parameters of `--track`.
  func extraParameters() throws -> [ParameterName] {
    guard let track else { return [] }
    let words = track.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return try words.map { word in
      guard let name = ParameterName(rawValue: word), name != .contactResistance else {
        let known = ParameterName.allCases.filter { $0 != .contactResistance }.map(\.rawValue)
        throw CommandFailure(
          status: 2,
          message: word == ParameterName.contactResistance.rawValue
            ? "--track \(word): is tracked always, as a resistance on top of the file's"
            : "--track \(word): no such parameter" + Suggestion.hint(for: word, among: known))
      }
      guard words.count(where: { $0 == word }) == 1 else {
        throw CommandFailure(status: 2, message: "--track \(word): stands twice")
      }
      return name
    }
  }

  /// The configuration with the charge that the record starts from.
  func started(
    _ base: EstimatorConfiguration, _ record: BatteryDataTable, _ cell: CellParameters,
    scale: StateOfChargeScale
  ) throws -> EstimatorConfiguration {
    var configuration = base
    let width = scale.full - scale.empty
    if let soc {
      configuration.stateOfCharge = scale.onFile(try Fraction.parse(soc, "--soc", 0...1))
    } else if configuration.constants != nil {
      configuration.stateOfCharge = base.startOfCharge(
        cell, restedVoltage: record.voltage[0],
        celsius: record.surfaceTemperature?.first ?? ambient ?? 25)
    } else {
      let celsius = record.surfaceTemperature?.first ?? ambient ?? 25
      let start = StartOfCharge(
        cell, voltage: record.voltage[0], current: record.current[0], temperature: celsius + 273.15)
      configuration.stateOfCharge = start.mean
      configuration.stateOfChargeSD = max(configuration.stateOfChargeSD, start.sd)
    }
    if let socSD {
      configuration.stateOfChargeSD = try Fraction.parse(socSD, "--soc-sd", 1e-6...1) * width
    }
    return configuration
  }
}
