import Foundation
import Journal
import JournalTestKit
import Records
import Reports
import Testing

/// The page's numbers, recomputed by plain SQL of another shape through SQLite's C interface.
@Suite("Every number on the page is in the journal")
struct ReportNumbersTests {
  let folder: TemporaryFolder
  let sql: PlainSQL
  let html: String
  let numbers: JSONValue

  init() throws {
    folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(SyntheticRun.records(seed: 7, scale: 0.2))
    try writer.close()
    sql = try PlainSQL(writer.path)
    html = try ReportPage(JournalReader(folder.path)).html
    let block = try #require(
      html.firstMatch(of: /id="lockstep-numbers">(.*?)<\/script>/)?.output.1)
    numbers = try JSONDecoder().decode(JSONValue.self, from: Data(block.utf8))
  }

  @Test("each scalar equals its plain SQL")
  func scalars() throws {
    for (key, query) in Self.queries {
      let want = try #require(try sql.numbers(query).first, "\(key)")
      let shown = try #require(numbers[key]?.number, "\(key) is not on the page")
      #expect(want.isFinite && close(shown, want), "\(key): page \(shown), SQL \(want)")
    }
    let known = Set(Self.queries.keys).union(["binding_shares", "phases", "comparison"])
    #expect(Set(numbers.object.keys) == known, "a number on the page has no query here")
  }

  @Test("each row of the phase table equals plain SQL over that phase")
  func phases() throws {
    let phases = try #require(numbers["phases"]).list
    let titles = try sql.rows("SELECT message FROM events WHERE event = 'phase.started'")
    #expect(phases.count == 3 && titles.count == 3)
    for (index, phase) in phases.enumerated() {
      #expect(phase["title"]?.text == titles[index][0])
      for (key, query) in Self.phaseQueries(index) {
        let want = try #require(try sql.numbers(query).first)
        let shown = try #require(phase[key]?.number, "\(key)")
        #expect(want.isFinite && close(shown, want), "\(key) of \(index): \(shown), SQL \(want)")
      }
    }
  }

  @Test("shares of the limits add up to one and equal plain counting over the charge")
  func shares() throws {
    let shares = try #require(numbers["binding_shares"]).object.mapValues(\.number)
    let rows = try sql.rows(
      "SELECT binding, count(*) FROM decisions WHERE phase = 2 GROUP BY binding")
    let total = rows.reduce(0.0) { $0 + (Double($1[1] ?? "") ?? .nan) }
    #expect(rows.count > 1, "only one limit in this run, so that nothing would be proven")
    for row in rows {
      #expect(shares[row[0] ?? ""] == (Double(row[1] ?? "") ?? .nan) / total)
    }
    #expect(shares.count == rows.count)
    #expect(abs(shares.values.reduce(0) { $0 + ($1 ?? .nan) } - 1) < 1e-12)
  }

  @Test("what a person reads is the JSON block's number, rounded")
  func shownIsTheNumber() throws {
    let pattern = /<data data-key="([^"]+)" value="([^"]+)">([^<]*)<\/data>/
    var seen = 0
    for match in html.matches(of: pattern) {
      let want = try #require(numbers[String(match.1)]?.number, "\(match.1)")
      #expect(Double(match.2) == want, "\(match.1)")
      seen += 1
      guard !match.3.contains(":") else { continue }
      let text = match.3.replacingOccurrences(of: "\u{2212}", with: "-")
      let parts = text.split(separator: "\u{202f}")
      let digits = try #require(parts.first.map(String.init))
      let factor = parts.last == "%" ? 100.0 : 1
      let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
      let shown = try #require(Double(digits), "\(match.3)")
      let half = 0.5 * pow(10, -Double(decimals)) * (1 + 1e-9)
      #expect(abs(shown - factor * want) <= half, "\(match.1): \(match.3) for \(want)")
    }
    #expect(seen >= 20 + 3 * 6)
  }

  /// Sums of some thousand terms in another order differ by rounding: 1e-9 relative is far above.
  private func close(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-6)
  }

  /// Charge by correlated look-up of the row before instead of window functions.
  private static func moved(_ rate: String, _ part: String, _ condition: String = "1") -> String {
    """
    WITH v AS (SELECT row_number() OVER (ORDER BY scan) AS n, test_time_second AS t, phase,
      \(rate) AS r FROM samples WHERE voltage_volt IS NOT NULL AND current_ampere IS NOT NULL)
    SELECT total(\(part)) / 3600 FROM v AS b JOIN v AS a ON a.n = b.n - 1 WHERE \(condition)
    """
  }

  private static let into =
    "(b.t - a.t) * ((CASE WHEN a.r > 0 THEN a.r ELSE 0 END) + (CASE WHEN b.r > 0 THEN b.r ELSE 0 END)) / 2"
  private static let out =
    "(b.t - a.t) * ((CASE WHEN a.r < 0 THEN -a.r ELSE 0 END) + (CASE WHEN b.r < 0 THEN -b.r ELSE 0 END)) / 2"
  private static let net = "(b.t - a.t) * (a.r + b.r) / 2"
  private static let power = "voltage_volt * current_ampere"
  private static let hottest = """
    SELECT max(t) FROM (SELECT phase, temperature_t1_celsius AS t FROM samples
      UNION ALL SELECT phase, temperature_t2_celsius FROM samples)
    """
  private static let charge = "SELECT scan FROM decisions WHERE phase = 2"

  private static let queries: [String: String] = [
    "duration_second":
      """
    SELECT (SELECT test_time_second FROM samples ORDER BY scan DESC LIMIT 1)
      - (SELECT test_time_second FROM samples ORDER BY scan LIMIT 1)
    """,
    "sitting_count": "SELECT max(id) FROM sittings",
    "stopped_second": "SELECT 0",
    "sample_count": "SELECT count(scan) FROM samples",
    "incomplete_samples":
      "SELECT count(*) FROM samples WHERE voltage_quality <> 0 OR current_quality <> 0",
    "charged_ampere_hour": moved("current_ampere", into),
    "discharged_ampere_hour": moved("current_ampere", out),
    "charged_watt_hour": moved(power, into),
    "discharged_watt_hour": moved(power, out),
    "surface_temperature_maximum_celsius": hottest,
    "innovation_rms_millivolt":
      """
    SELECT 1000 * pow(total(pow(voltage_innovation_volt, 2)) / count(voltage_innovation_volt), 0.5)
    FROM estimates
    """,
    "innovation_mean_millivolt":
      "SELECT 1000 * total(voltage_innovation_volt) / count(voltage_innovation_volt) FROM estimates",
    "normalised_innovation_per_channel":
      """
    SELECT total(normalised_innovation_squared) / total(assimilated_channels) FROM estimates
    WHERE normalised_innovation_squared IS NOT NULL
    """,
    "state_of_charge_final":
      "SELECT state_of_charge FROM estimates WHERE scan = (SELECT max(scan) FROM estimates)",
    "state_of_charge_final_sd":
      "SELECT state_of_charge_sd FROM estimates WHERE scan = (SELECT max(scan) FROM estimates)",
    "closed_loop_decisions": "SELECT count(*) FROM decisions WHERE phase = 2",
    "plating_potential_minimum_millivolt":
      """
    SELECT 1000 * negative_potential_at_separator_volt FROM estimates WHERE scan IN (\(charge))
    ORDER BY negative_potential_at_separator_volt LIMIT 1
    """,
    "plating_potential_minimum_less_2_sd_millivolt":
      """
    SELECT 1000 * (negative_potential_at_separator_volt
      - 2 * negative_potential_at_separator_volt_sd) AS low
    FROM estimates WHERE scan IN (\(charge)) ORDER BY low LIMIT 1
    """,
    "deadline_misses": "SELECT count(*) FROM timing WHERE twin_missed = 1",
    "disagreeing_commands": "SELECT count(*) FROM commands WHERE agrees = 0",
    "scan_time_p50_millisecond": rank(50),
    "scan_time_p99_millisecond": rank(99),
    "scan_time_maximum_millisecond":
      "SELECT total_microsecond / 1000 FROM timing ORDER BY total_microsecond DESC LIMIT 1",
  ]

  /// The row at the nearest rank, by counting.
  private static func rank(_ percent: Int) -> String {
    """
    SELECT total_microsecond / 1000 FROM timing ORDER BY total_microsecond
    LIMIT 1 OFFSET (SELECT (count(*) * \(percent) + 99) / 100 - 1 FROM timing)
    """
  }

  private static func phaseQueries(_ phase: Int) -> [String: String] {
    [
      "start_second":
        "SELECT test_time_second FROM samples WHERE phase = \(phase) ORDER BY scan LIMIT 1",
      "end_second":
        "SELECT test_time_second FROM samples WHERE phase = \(phase) ORDER BY scan DESC LIMIT 1",
      "net_ampere_hour": moved("current_ampere", net, "b.phase = \(phase)"),
      "net_watt_hour": moved(power, net, "b.phase = \(phase)"),
      "surface_temperature_maximum_celsius": hottest + " WHERE phase = \(phase)",
      "innovation_rms_millivolt":
        """
      SELECT 1000 * sqrt(avg(voltage_innovation_volt * voltage_innovation_volt)) FROM estimates
      WHERE scan IN (SELECT scan FROM samples WHERE phase = \(phase))
      """,
    ]
  }
}
