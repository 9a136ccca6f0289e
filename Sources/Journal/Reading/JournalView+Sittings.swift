import Quantities
public import Records

// A run that was stopped and went on has several sittings, and an ending for each that came to one.
extension JournalView {
  /// The run's sittings, in order; empty before the first row.
  public func sittings() throws -> [Sitting] {
    try all(
      """
      SELECT first_scan, test_time_second, unix_time_second, version FROM sittings ORDER BY id
      """
    ) { row in
      Sitting(
        firstScan: row.int(0) ?? 0, time: Seconds(row.number(1)), unixTime: row.number(2),
        version: row.text(3) ?? "")
    }
  }

  /// How the last sitting ended; nil while it goes on, or when it was cut off.
  public func ending() throws -> RunEnding? {
    try one(
      """
      SELECT status, message, test_time_second, unix_time_second FROM ended
      WHERE id = (SELECT ifnull(max(id), 1) FROM sittings)
      """
    ) { row in
      RunEnding(
        status: row.int(0) ?? 0, message: row.text(1) ?? "", time: Seconds(row.number(2)),
        unixTime: row.number(3))
    }
  }

  /// For how long the run stood still: from the last sample of each sitting to the first of the next, s.
  public func stoppedSeconds() throws -> Double {
    try one(
      """
      SELECT total((SELECT min(test_time_second) FROM samples WHERE scan >= first_scan)
        - (SELECT max(test_time_second) FROM samples WHERE scan < first_scan))
      FROM (SELECT DISTINCT first_scan FROM sittings)
      """
    ) { $0.number(0) } ?? 0
  }

  /// Where the journal leaves off.
  public func tail() throws -> JournalTail {
    let scan = try one(
      """
      SELECT max(last) FROM
        (SELECT max(scan) AS last FROM samples UNION ALL SELECT max(scan) FROM timing)
      """
    ) { $0.int(0) }
    let time = try one(
      """
      SELECT max(last) FROM (SELECT max(test_time_second) AS last FROM samples
        UNION ALL SELECT max(test_time_second) FROM events
        UNION ALL SELECT max(test_time_second) FROM sittings
        UNION ALL SELECT max(test_time_second) FROM ended)
      """
    ) { $0.double(0) }
    let origin = try one(
      "SELECT pace_second - test_time_second FROM pace_marks ORDER BY id DESC LIMIT 1"
    ) { $0.double(0) }
    return JournalTail(
      lastScan: scan ?? nil, lastTime: Seconds((time ?? nil) ?? 0), paceOrigin: origin ?? nil)
  }
}
