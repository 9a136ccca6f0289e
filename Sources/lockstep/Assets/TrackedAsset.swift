import Assets
import DigitalTwin
import Electrochemistry
import Estimation
import Foundation
import Journal
import Profiles
import Records

/// An asset as a command works on it: its cell, and what is believed of it.
struct TrackedAsset {
  let name: String
  /// The version that the command starts from; nil for an asset that is to be made.
  let parent: AssetVersion?
  /// As in the version, or as given.
  let cellFile: String
  let cellHash: String
  let cell: CellParameters

  /// - Parameters:
  ///   - cell: as given on the command line; needed where the asset is not there yet.
  ///   - store: nil: there is none yet.
  init(_ name: String, cell given: String?, in store: AssetStore?, place: String) throws {
    guard AssetStore.isName(name) else {
      throw CommandFailure(
        status: 2,
        message:
          "--asset \(name): 1 to 64 letters, digits, '-', '_' and '.' are allowed, a letter, "
          + "digit or '_' first")
    }
    self.name = name
    parent = try store?.versions(of: name).last
    guard let file = given ?? parent?.provenance.cellFile else {
      throw CommandFailure(
        status: 2,
        message:
          "--asset \(name): no such asset in \(place); shadow --cell makes it with its first record"
      )
    }
    let path = try ShippedProfiles.locate(kind: .cell, name: file)
    let bytes = try CellFile.bytes(path)
    cellHash = SHA256.hexDigest(bytes)
    if let parent, parent.provenance.cellHash != cellHash {
      throw CommandFailure(
        status: 2,
        message: "--asset \(name): its factors belong to \(parent.provenance.cellFile) with sha256 "
          + "\(parent.provenance.cellHash.prefix(12)), \(path) has \(cellHash.prefix(12))")
    }
    cellFile =
      parent?.provenance.cellFile
      ?? (file.contains("/") || file.hasSuffix(".json")
        ? URL(fileURLWithPath: file).standardizedFileURL.path : file)
    cell = try CellFile.parse(bytes, file: path)
  }

  /// What the version says of the cell's constants; nil without one.
  var belief: ConstantsBelief? {
    get throws {
      guard let parent else { return nil }
      let constants = try parent.parameters.map { parameter in
        guard let constant = CellConstant(name: parameter.name) else {
          throw CommandFailure(
            status: 2,
            message:
              "--asset \(name), version \(parent.number): unknown parameter \(parameter.name)")
        }
        return constant
      }
      return try ConstantsBelief(
        constants, mean: parent.parameters.map(\.mean), covariance: parent.covariance)
    }
  }

  /// The version that continues the asset with a belief.
  ///
  /// - Parameters:
  ///   - record: what it was made from, as a person calls it, and its hash.
  ///   - span: of the record, unix, s.
  ///   - method: as in `ekf`.
  func next(
    _ belief: ConstantsBelief, from record: (name: String, hash: String),
    span: ClosedRange<Double>?, cycles: Double, command: String, method: String, at now: Double
  ) throws -> AssetVersion {
    AssetVersion(
      parent: parent?.number, unixTime: now,
      provenance: Provenance(
        cellFile: cellFile, cellHash: cellHash, record: record.name, recordHash: record.hash,
        recordSpan: span, cycles: cycles, command: command, filter: method,
        program: Lockstep.version),
      parameters: zip(belief.constants, belief.mean).map {
        AssetVersion.Parameter(name: $0.name, unit: $0.unit, mean: $1)
      }, covariance: belief.covariance,
      health: zip(CellHealth.names, try CellHealth(cell, belief).figures).map {
        AssetVersion.Figure(name: $0, mean: $1.mean, sd: $1.sd)
      })
  }

  /// The command at work, as it could be typed.
  static var commandLine: String {
    (["lockstep"] + CommandLine.arguments.dropFirst()).map { word in
      word.contains(" ") ? "\"\(word)\"" : word
    }.joined(separator: " ")
  }

  /// A filter's configuration that goes on from the version.
  ///
  /// - Parameters:
  ///   - days: since the version's record.
  ///   - cycles: of the record to come.
  func configuration(
    _ base: EstimatorConfiguration, tracking extra: [ParameterName] = [], days: Double,
    cycles: Double
  ) throws -> EstimatorConfiguration {
    let belief = try belief
    let known = belief?.constants.compactMap { constant -> ParameterName? in
      if case .logFactor(let name) = constant { name } else { nil }
    }
    return base.trackingHealth(
      extra: (known ?? []) + extra,
      from: belief.map { AgeingWalk.after($0, days: days, cycles: cycles) })
  }

  /// Days from the version's record to `time`, unix, s: by the record's own clock where it has one; 1 where
  /// nothing tells.
  func days(until time: Double?) -> Double {
    guard let time, let end = parent?.provenance.recordSpan?.upperBound else { return 1 }
    return (time - end) / 86_400
  }
}
