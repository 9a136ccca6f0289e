public import Quantities
public import Records

// Records come back as they were written, in the order in which they were written, one at a time.
// A reading that was not good comes back with its quality and time, and without its value.
extension JournalView {
  /// What the run is; nil when the journal has no first row yet.
  public func header() throws -> RunHeader? {
    var versions: [String: String] = [:]
    try each("SELECT name, version FROM library_versions") { row in
      versions[row.text(0) ?? ""] = row.text(1)
    }
    return try one("SELECT * FROM header") { row in
      var columns = ColumnReader(row)
      _ = columns.int()
      return RunHeader(
        run: columns.text(), asset: columns.text(), bench: columns.text(),
        unixStart: columns.number(), pace: columns.text(), version: columns.text(),
        versions: versions, researchOverride: columns.optionalText(),
        scanPeriod: columns.number(), controlPeriod: columns.number())
    }
  }

  /// The copies of input files, content included.
  public func inputs() throws -> [InputCopy] {
    try all("SELECT role, name, sha256, content FROM inputs ORDER BY id") { row in
      InputCopy(
        role: row.text(0) ?? "", name: row.text(1) ?? "", sha256: row.text(2) ?? "",
        content: row.bytes(3))
    }
  }

  /// Samples with step and phase, by scan.
  public func samples(_ body: (Sample, _ step: Int, _ phase: Int) throws -> Void) throws {
    try each("SELECT * FROM samples ORDER BY scan") { row in
      var columns = ColumnReader(row)
      let (sample, step, phase) = columns.sample()
      try body(sample, step, phase)
    }
  }

  /// Estimates, by scan.
  public func estimates(_ body: (Estimate) throws -> Void) throws {
    try each("SELECT * FROM estimates ORDER BY scan") { row in
      var columns = ColumnReader(row)
      var estimate = Estimate(scan: columns.int(), time: columns.seconds())
      estimate.predictedVoltage = columns.estimated()
      estimate.voltageInnovation = columns.number()
      estimate.normalisedInnovationSquared = columns.number()
      estimate.assimilatedChannels = columns.int()
      estimate.stateOfCharge = columns.estimated()
      estimate.temperature = columns.estimated()
      estimate.negativePotentialAtSeparator = columns.estimated()
      estimate.negativeSurfaceStoichiometry = columns.estimated()
      estimate.positiveSurfaceStoichiometry = columns.estimated()
      estimate.discrepancy = columns.estimated()
      estimate.openCircuitVoltage = columns.number()
      try body(estimate)
    }
  }

  /// Decisions, in the order of writing.
  public func decisions(_ body: (Decision) throws -> Void) throws {
    try each("SELECT * FROM decisions ORDER BY id") { row in
      var columns = ColumnReader(row)
      _ = columns.int()
      try body(
        Decision(
          scan: columns.int(), time: columns.seconds(), phase: columns.int(),
          step: columns.int(), requested: Amperes(columns.number()),
          admitted: Amperes(columns.number()),
          binding: Decision.Binding(rawValue: columns.text()) ?? .none, reason: columns.text()))
    }
  }

  /// Commands and what they read back, in the order of writing.
  public func commands(_ body: (CommandRecord) throws -> Void) throws {
    try each("SELECT * FROM commands ORDER BY id") { row in
      var columns = ColumnReader(row)
      _ = columns.int()
      try body(
        CommandRecord(
          scan: columns.int(), time: columns.seconds(), instrument: columns.text(),
          command: columns.text(), requested: columns.number(), readback: columns.number(),
          agrees: columns.int() != 0))
    }
  }

  /// Events, in the order of writing.
  public func events(_ body: (Event) throws -> Void) throws {
    try each("SELECT * FROM events ORDER BY id") { row in
      var columns = ColumnReader(row)
      _ = columns.int()
      try body(
        Event(
          time: columns.seconds(), unixTime: columns.number(),
          severity: Event.Severity(name: columns.text()) ?? .fault, id: columns.text(),
          message: columns.text()))
    }
  }

  /// What charges promised and what happened, in the order of writing.
  public func charges(_ body: (ChargeRecord) throws -> Void) throws {
    try each("SELECT * FROM charges ORDER BY id") { row in
      var columns = ColumnReader(row)
      _ = columns.int()
      let stage = ChargeRecord.Stage(rawValue: columns.text()) ?? .happened
      var charge = ChargeRecord(
        stage, time: columns.seconds(), phase: columns.int(), policy: columns.text())
      charge.stateOfChargeStart = columns.number()
      charge.stateOfChargeEnd = columns.number()
      charge.temperatureStart = columns.number()
      charge.duration = columns.number()
      charge.durationBand = (columns.number(), columns.number())
      charge.voltageHighest = columns.estimated()
      charge.temperatureHighest = columns.estimated()
      charge.potentialLowest = columns.estimated()
      try body(charge)
    }
  }

  /// Timing rows, by scan.
  public func timings(_ body: (Timing) throws -> Void) throws {
    try each("SELECT * FROM timing ORDER BY scan") { row in
      var columns = ColumnReader(row)
      try body(
        Timing(
          scan: columns.int(), lateness: columns.number(), acquire: columns.number(),
          twin: columns.number(), actuate: columns.number(), total: columns.number(),
          twinMissed: columns.int() != 0))
    }
  }
}
