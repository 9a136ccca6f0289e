import GRDB

extension AssetStore {
  /// Logs predictions of an asset.
  public func log(_ predictions: [LoggedPrediction], of name: String) throws(AssetError) {
    try write { db in
      for prediction in predictions {
        let version = try Int64.fetchOne(
          db,
          sql: """
            SELECT versions.id FROM versions JOIN assets ON assets.id = versions.asset
            WHERE assets.name = ? AND number = ?
            """, arguments: [name, prediction.version])
        guard let version else {
          throw AssetError(.name, "\(name): no version \(prediction.version) in \(path)")
        }
        _ = try Self.insert(prediction, version, db)
      }
    }
  }

  /// All predictions of an asset in the order in which they were made, and their scores.
  public func predictions(
    of name: String
  ) throws(AssetError) -> [(prediction: LoggedPrediction, score: PredictionScore?)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT predictions.*, versions.number AS number, scores.prediction AS scored,
            scores.unix_time_second AS scored_at, scores.record_sha256 AS seen_in, scores.measured,
            scores.error, scores.z, scores.inside_95
          FROM predictions JOIN versions ON versions.id = predictions.version
          JOIN assets ON assets.id = versions.asset
          LEFT JOIN scores ON scores.prediction = predictions.id
          WHERE assets.name = ? ORDER BY predictions.id
          """, arguments: [name]
      ).map { (Self.prediction($0), Self.score($0)) }
    }
  }

  static func insert(_ p: LoggedPrediction, _ version: Int64, _ db: Database) throws -> Int {
    var kind = "record"
    var current: Double?
    var steps: String?
    var start: (charge: Double, sd: Double, ambient: Double)?
    var record: (hash: String, time: Double)?
    switch p.condition {
    case .current(let value, let charge, let sd, let ambient):
      (kind, current, start) = ("current", value, (charge, sd, ambient))
    case .steps(let text, let charge, let sd, let ambient):
      (kind, steps, start) = ("steps", text, (charge, sd, ambient))
    case .record(let hash, let time): record = (hash, time)
    }
    try db.execute(
      sql: """
        INSERT INTO predictions (version, unix_time_second, quantity, horizon_second, condition,
          current_ampere, steps, state_of_charge, state_of_charge_sd, ambient_temperature_celsius,
          record_sha256, record_time_second, mean, sd)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        version, p.unixTime, p.quantity, p.horizon, kind, current, steps, start?.charge,
        start?.sd, start?.ambient, record?.hash, record?.time, p.mean, p.sd,
      ])
    return Int(db.lastInsertedRowID)
  }

  static func insert(_ score: PredictionScore, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO scores (prediction, unix_time_second, record_sha256, measured, error, z,
          inside_95) VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        score.prediction, score.unixTime, score.recordHash, score.measured, score.error, score.z,
        score.isInside ? 1 : 0,
      ])
  }

  private static func prediction(_ row: Row) -> LoggedPrediction {
    let kind: String = row["condition"]
    let condition: LoggedPrediction.Condition
    switch kind {
    case "current":
      condition = .current(
        row["current_ampere"] ?? 0, stateOfCharge: row["state_of_charge"] ?? 0,
        stateOfChargeSD: row["state_of_charge_sd"] ?? 0,
        ambient: row["ambient_temperature_celsius"] ?? 0)
    case "steps":
      condition = .steps(
        row["steps"] ?? "", stateOfCharge: row["state_of_charge"] ?? 0,
        stateOfChargeSD: row["state_of_charge_sd"] ?? 0,
        ambient: row["ambient_temperature_celsius"] ?? 0)
    default:
      condition = .record(row["record_sha256"] ?? "", from: row["record_time_second"] ?? 0)
    }
    return LoggedPrediction(
      id: row["id"], version: row["number"], unixTime: row["unix_time_second"],
      quantity: row["quantity"], horizon: row["horizon_second"], condition: condition,
      mean: row["mean"], sd: row["sd"])
  }

  private static func score(_ row: Row) -> PredictionScore? {
    guard let prediction: Int = row["scored"] else { return nil }
    return PredictionScore(
      prediction: prediction, unixTime: row["scored_at"], recordHash: row["seen_in"],
      measured: row["measured"], error: row["error"], z: row["z"],
      isInside: row["inside_95"] == 1)
  }
}
