public import Quantities
public import Records

extension JournalView {
  /// The scans that the campaign has seen: those with an estimate, those that the twin failed on, and what
  /// stands behind the last estimate when the disk's last word fell between a scan's events and its estimate.
  private static let seen = """
    scan IN (SELECT scan FROM estimates)
    OR test_time_second IN (SELECT test_time_second FROM events WHERE event = 'twin.failed')
    OR (scan > (SELECT ifnull(max(scan), -1) FROM estimates) AND test_time_second IN
      (SELECT test_time_second FROM events
       WHERE event GLOB 'phase.*' OR event GLOB 'step.*' OR event GLOB 'identify.*'
         OR event GLOB 'validate.*' OR event GLOB 'repeat.*' OR event GLOB 'charge.*'
         OR event GLOB 'arm.*' OR event GLOB 'chamber.*'))
    """

  /// How many samples `assimilated` gives.
  public func assimilatedCount() throws -> Int {
    try one("SELECT count(*) FROM samples WHERE \(Self.seen)") { $0.int(0) ?? 0 } ?? 0
  }

  /// The samples that the campaign has seen, by scan, each with the decision of its scan where one is on record.
  public func assimilated(_ body: (Sample, Decision?) throws -> Void) throws {
    try each(
      """
      SELECT samples.*, decisions.phase, decisions.step, requested_ampere, admitted_ampere, binding,
        reason
      FROM (SELECT * FROM samples WHERE \(Self.seen)) AS samples
      LEFT JOIN decisions ON decisions.scan = samples.scan ORDER BY samples.scan
      """
    ) { row in
      var columns = ColumnReader(row)
      let sample = columns.sample().sample
      guard let phase = row.int(columns.index) else { return try body(sample, nil) }
      _ = columns.int()
      try body(
        sample,
        Decision(
          scan: sample.scan, time: sample.time, phase: phase, step: columns.int(),
          requested: Amperes(columns.number()), admitted: Amperes(columns.number()),
          binding: Decision.Binding(rawValue: columns.text()) ?? .none, reason: columns.text()))
    }
  }

  /// What the campaign said of the scan at `time` and is on record: names and messages of its events, stages of its
  /// charges, and whether its estimate is there.
  public func told(at time: Seconds) throws -> (
    events: [(id: String, message: String)], charges: [ChargeRecord.Stage], hasEstimate: Bool
  ) {
    let events = try all(
      "SELECT event, message FROM events WHERE test_time_second = ? ORDER BY id", [time.value]
    ) { (id: $0.text(0) ?? "", message: $0.text(1) ?? "") }
    let count = try one(
      "SELECT count(*) FROM estimates WHERE test_time_second = ?", [time.value]
    ) { $0.int(0) ?? 0 }
    let charges = try all(
      "SELECT stage FROM charges WHERE test_time_second = ? ORDER BY id", [time.value]
    ) { ChargeRecord.Stage(rawValue: $0.text(0) ?? "") }
    return (events, charges.compactMap(\.self), (count ?? 0) > 0)
  }
}
