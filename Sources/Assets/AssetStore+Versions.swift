import GRDB

extension AssetStore {
  /// Names of all assets, sorted.
  public func names() throws(AssetError) -> [String] {
    try read { db in try String.fetchAll(db, sql: "SELECT name FROM assets ORDER BY name") }
  }

  /// All versions of an asset, oldest first; empty when there is no such asset.
  public func versions(of name: String) throws(AssetError) -> [AssetVersion] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT versions.* FROM versions JOIN assets ON assets.id = versions.asset
          WHERE assets.name = ? ORDER BY number
          """, arguments: [name]
      ).map { try Self.version($0, db) }
    }
  }

  /// The newest version of an asset.
  public func newest(of name: String) throws(AssetError) -> AssetVersion {
    let all = try versions(of: name)
    guard let last = all.last else {
      throw AssetError(.name, "\(name): no such asset in \(path)")
    }
    return last
  }

  /// Adds a version, and predictions with what was measured of them, all or none.
  ///
  /// - Parameters:
  ///   - predictions: made from the parent, of what the version's record then showed.
  ///   - scores: of predictions that are in the log already.
  /// - Throws: `.conflict` when the parent is not the newest version any more, or the record is in one already.
  public func append(
    _ version: AssetVersion, to name: String,
    predictions: [(prediction: LoggedPrediction, measured: Double)] = [],
    scores: [PredictionScore] = []
  ) throws(AssetError) {
    guard Self.isName(name) else {
      throw AssetError(
        .name,
        "asset \(name): 1 to 64 letters, digits, '-', '_' and '.' are allowed, a letter, digit "
          + "or '_' first")
    }
    try write { db in
      let asset = try Self.asset(name, madeAt: version.unixTime, db)
      let newest = try Int.fetchOne(
        db, sql: "SELECT max(number) FROM versions WHERE asset = ?", arguments: [asset])
      guard newest == version.parent else {
        throw AssetError(
          .conflict,
          "\(name): version \(newest ?? 0) is the newest, this one continues "
            + "\(version.parent.map { "version \($0)" } ?? "none"): begin again from the newest")
      }
      let known = try Int.fetchOne(
        db, sql: "SELECT number FROM versions WHERE asset = ? AND record_sha256 = ?",
        arguments: [asset, version.provenance.recordHash])
      if let known {
        throw AssetError(
          .conflict, "\(version.provenance.record): is in version \(known) of \(name) already")
      }
      let id = try Self.insert(version, asset, db)
      if let parent = version.parent {
        let place = try Self.identifier(asset, parent, db)
        for (prediction, measured) in predictions {
          var prediction = prediction
          prediction.id = try Self.insert(prediction, place, db)
          try Self.insert(
            PredictionScore(
              of: prediction, measured: measured, recordHash: version.provenance.recordHash,
              unixTime: version.unixTime), db)
        }
      }
      for score in scores { try Self.insert(score, db) }
      _ = id
    }
  }

  static func identifier(_ asset: Int64, _ number: Int, _ db: Database) throws -> Int64 {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM versions WHERE asset = ? AND number = ?",
      arguments: [asset, number]) ?? 0
  }

  private static func asset(_ name: String, madeAt time: Double, _ db: Database) throws -> Int64 {
    let known = try Int64.fetchOne(
      db, sql: "SELECT id FROM assets WHERE name = ?", arguments: [name])
    if let known { return known }
    try db.execute(
      sql: "INSERT INTO assets (name, unix_time_second) VALUES (?, ?)", arguments: [name, time])
    return db.lastInsertedRowID
  }

  private static func insert(_ v: AssetVersion, _ asset: Int64, _ db: Database) throws -> Int64 {
    let p = v.provenance
    try db.execute(
      sql: """
        INSERT INTO versions (asset, number, parent, unix_time_second, cell_file, cell_sha256,
          record, record_sha256, record_start_second, record_end_second, cycles, command, filter,
          program_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        asset, v.number, v.parent, v.unixTime, p.cellFile, p.cellHash, p.record, p.recordHash,
        p.recordSpan?.lowerBound, p.recordSpan?.upperBound, p.cycles, p.command, p.filter,
        p.program,
      ])
    let id = db.lastInsertedRowID
    let n = v.parameters.count
    for (place, parameter) in v.parameters.enumerated() {
      try db.execute(
        sql: "INSERT INTO parameters (version, place, name, unit, mean) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, place, parameter.name, parameter.unit, parameter.mean])
      for other in 0...place {
        try db.execute(
          sql: """
            INSERT INTO covariances (version, place, other_place, covariance) VALUES (?, ?, ?, ?)
            """, arguments: [id, place, other, v.covariance[place * n + other]])
      }
    }
    for figure in v.health {
      try db.execute(
        sql: "INSERT INTO health (version, name, mean, sd) VALUES (?, ?, ?, ?)",
        arguments: [id, figure.name, figure.mean, figure.sd])
    }
    return id
  }

  private static func version(_ row: Row, _ db: Database) throws -> AssetVersion {
    let id: Int64 = row["id"]
    let start: Double? = row["record_start_second"]
    let end: Double? = row["record_end_second"]
    let provenance = Provenance(
      cellFile: row["cell_file"], cellHash: row["cell_sha256"], record: row["record"],
      recordHash: row["record_sha256"],
      recordSpan: start.flatMap { start in end.flatMap { $0 >= start ? start...$0 : nil } },
      cycles: row["cycles"], command: row["command"], filter: row["filter"],
      program: row["program_version"])
    let parameters = try Row.fetchAll(
      db, sql: "SELECT name, unit, mean FROM parameters WHERE version = ? ORDER BY place",
      arguments: [id]
    ).map { AssetVersion.Parameter(name: $0[0], unit: $0[1], mean: $0[2]) }
    let n = parameters.count
    var covariance = Array(repeating: 0.0, count: n * n)
    let entries = try Row.fetchAll(
      db, sql: "SELECT place, other_place, covariance FROM covariances WHERE version = ?",
      arguments: [id])
    for entry in entries {
      let (i, j): (Int, Int) = (entry[0], entry[1])
      guard (0..<n).contains(i), (0...i).contains(j) else { continue }
      covariance[i * n + j] = entry[2]
      covariance[j * n + i] = entry[2]
    }
    let health = try Row.fetchAll(
      db, sql: "SELECT name, mean, sd FROM health WHERE version = ? ORDER BY rowid", arguments: [id]
    ).map { AssetVersion.Figure(name: $0[0], mean: $0[1], sd: $0[2]) }
    var version = AssetVersion(
      parent: row["parent"], unixTime: row["unix_time_second"], provenance: provenance,
      parameters: parameters, covariance: covariance, health: health)
    version.number = row["number"]
    return version
  }
}
