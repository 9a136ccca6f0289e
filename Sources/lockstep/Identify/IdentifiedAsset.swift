import Assets
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Identification
import Journal
import Profiles
import Records

/// The asset that an identification adds a version to.
struct IdentifiedAsset {
  private let asset: TrackedAsset
  private let folder: String

  init(_ name: String, cell: String, store: String?) throws {
    folder = DataOption.folder(under: store)
    asset = try TrackedAsset(name, cell: cell, in: try AssetPlace.reading(folder), place: folder)
  }

  /// Adds what was found: constants that were identified replace the parent's, the others stay as they are.
  func append(
    _ fit: CellIdentification, _ found: IdentifiedCell, _ records: [IdentificationSetting.Source],
    model: String
  ) throws {
    let hashes = records.map(\.hash)
    let version = try asset.next(
      try merged(fit, found),
      from: (
        records.map(\.path).joined(separator: " "),
        hashes.count == 1 ? hashes[0] : SHA256.hexDigest(Array(hashes.joined().utf8))
      ), span: span(records), cycles: 0, command: TrackedAsset.commandLine,
      method: "identify \(model)", at: Date().timeIntervalSince1970)
    let store = try AssetPlace.writing(folder)
    try store.append(version, to: asset.name)
    try store.close()
  }

  private func span(_ records: [IdentificationSetting.Source]) -> ClosedRange<Double>? {
    let times = records.compactMap(\.table.unixTime).flatMap { [$0.first, $0.last] }.compactMap(
      \.self)
    guard let first = times.min(), let last = times.max() else { return nil }
    return first...last
  }

  private func merged(_ fit: CellIdentification, _ found: IdentifiedCell) throws -> ConstantsBelief
  {
    let own = try fit.constants(found, file: asset.cell)
    guard let old = try asset.belief else { return own }
    let kept = old.constants.filter { own[$0] == nil }
    let all = own.constants + kept
    let (n, m) = (all.count, own.constants.count)
    var covariance = [Double](repeating: 0, count: n * n)
    for i in 0..<m { for j in 0..<m { covariance[i * n + j] = own.covariance[i * m + j] } }
    let places = kept.compactMap { old.constants.firstIndex(of: $0) }
    let width = old.constants.count
    for (i, a) in places.enumerated() {
      for (j, b) in places.enumerated() {
        covariance[(m + i) * n + m + j] = old.covariance[a * width + b]
      }
    }
    return try ConstantsBelief(
      all, mean: own.mean + places.map { old.mean[$0] }, covariance: covariance)
  }
}

extension CellIdentification {
  /// What was found as an asset's constants: the contact resistance in Ohm on top of the file's.
  func constants(_ found: IdentifiedCell, file: CellParameters) throws -> ConstantsBelief {
    let n = found.values.count
    let places = parameters.indices.filter { parameters[$0] != .ambientOffset }
    let constants = places.compactMap { k -> CellConstant? in
      switch parameters[k] {
      case .ambientOffset: nil
      case .lithiumInventory: .logLithiumInventory
      case .openCircuitOffset: .positiveOffset
      case .negativeOpenCircuitOffset: .negativeOffset
      case .factor(.contactResistance): .contactResistance
      case .factor(let name): .logFactor(name)
      }
    }
    // d(constant)/d(ln factor)
    let slopes = places.map { k in
      parameters[k] == .factor(.contactResistance) ? found.cell.contactResistance : 1
    }
    let mean = places.map { k in
      parameters[k] == .factor(.contactResistance)
        ? found.cell.contactResistance - file.contactResistance : found.values[k]
    }
    let p = places.count
    var covariance = [Double](repeating: 0, count: p * p)
    for (i, a) in places.enumerated() {
      for (j, b) in places.enumerated() {
        let entry = 0.5 * (found.covariance[a * n + b] + found.covariance[b * n + a])
        covariance[i * p + j] = slopes[i] * slopes[j] * entry
      }
    }
    return try ConstantsBelief(constants, mean: mean, covariance: covariance)
  }
}
