import Assets
import Foundation

/// What `lockstep asset` says.
struct AssetReport: Encodable {
  /// A value and its sd.
  struct Value: Encodable {
    let value: Double
    let sd: Double
  }

  /// A parameter; factor and interval for what multiplies the cell file's value.
  struct Parameter: Encodable {
    let name: String
    let unit: String
    let value: Double
    let sd: Double
    let factor: Double?
    let factorSD: Double?
    let interval: [Double]?

    enum CodingKeys: String, CodingKey {
      case name, unit, value, sd, factor
      case factorSD = "factor_sd"
      case interval = "factor_interval95"
    }
  }

  struct Version: Encodable {
    let version: Int
    let parent: Int?
    let unixTimeSecond: Double
    let cell: String
    let cellHash: String
    let record: String
    let recordHash: String
    let cycles: Double
    let command: String
    let filter: String
    let program: String
    let health: [String: Value]

    enum CodingKeys: String, CodingKey {
      case version, parent, cell, record, cycles, command, filter, health
      case unixTimeSecond = "unix_time_second"
      case cellHash = "cell_sha256"
      case recordHash = "record_sha256"
      case program = "program_version"
    }
  }

  /// How predictions of one quantity fared.
  struct Scores: Encodable {
    let quantity: String
    let made: Int
    let scored: Int
    let coverage: Double?
    let meanSquare: Double?

    enum CodingKeys: String, CodingKey {
      case quantity, made, scored
      case coverage = "coverage_95"
      case meanSquare = "mean_z_squared"
    }

    init(_ quantity: String, _ log: [(prediction: LoggedPrediction, score: PredictionScore?)]) {
      let scores = log.compactMap(\.score)
      let n = Double(scores.count)
      self.quantity = quantity
      made = log.count
      scored = scores.count
      coverage = scores.isEmpty ? nil : Double(scores.count { $0.isInside }) / n
      meanSquare = scores.isEmpty ? nil : scores.reduce(0) { $0 + $1.z * $1.z } / n
    }
  }

  let asset: String
  let cell: String
  let version: Int
  let health: [String: Value]
  let parameters: [Parameter]
  let versions: [Version]
  let predictions: [Scores]

  /// - Parameter versions: oldest first, one or more.
  init(
    _ name: String, _ versions: [AssetVersion],
    _ log: [(prediction: LoggedPrediction, score: PredictionScore?)]
  ) {
    let newest = versions[versions.count - 1]
    asset = name
    cell = newest.provenance.cellFile
    version = newest.number
    health = Self.values(newest.health)
    parameters = newest.parameters.enumerated().map { place, parameter in
      let sd = newest.sd(place)
      let isFactor = parameter.unit == "log factor"
      let factor = exp(parameter.mean)
      return Parameter(
        name: parameter.name, unit: parameter.unit, value: parameter.mean, sd: sd,
        factor: isFactor ? factor : nil, factorSD: isFactor ? factor * sd : nil,
        interval: isFactor
          ? [-1, 1].map { exp(parameter.mean + $0 * PredictionScore.edge * sd) } : nil)
    }
    self.versions = versions.map { version in
      let p = version.provenance
      return Version(
        version: version.number, parent: version.parent, unixTimeSecond: version.unixTime,
        cell: p.cellFile, cellHash: p.cellHash, record: p.record, recordHash: p.recordHash,
        cycles: p.cycles, command: p.command, filter: p.filter, program: p.program,
        health: Self.values(version.health))
    }
    let quantities = Dictionary(grouping: log) { $0.prediction.quantity }
    predictions = quantities.keys.sorted().map { Scores($0, quantities[$0] ?? []) }
  }

  static func values(_ figures: [AssetVersion.Figure]) -> [String: Value] {
    Dictionary(
      figures.map { ($0.name, Value(value: $0.mean, sd: $0.sd)) }, uniquingKeysWith: { $1 })
  }
}
