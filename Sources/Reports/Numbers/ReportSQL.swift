/// The queries behind a report's numbers, in one place for whoever wants to check them by hand.
enum ReportSQL {
  /// Highest of the valid surface channels of one sample; NULLs do not count.
  static let hottestChannel = """
    max(ifnull(temperature_t1_celsius, -1e9), ifnull(temperature_t2_celsius, -1e9), \
    ifnull(temperature_t3_celsius, -1e9), ifnull(temperature_t4_celsius, -1e9))
    """

  /// Intervals between successive valid readings of one sitting: phase, into and out of the cell, Ah or Wh.
  /// `rate` is an expression over `samples`, A or W.
  static func intervals(_ rate: String) -> String {
    """
    WITH valid AS (SELECT phase, test_time_second AS t, \(rate) AS r,
      (SELECT count(*) FROM sittings WHERE first_scan <= scan) AS sitting FROM samples
      WHERE \(rate) IS NOT NULL),
    pairs AS (SELECT phase, r, (t - lag(t) OVER w) / 7200 AS half, lag(r) OVER w AS r0 FROM valid
      WINDOW w AS (PARTITION BY sitting ORDER BY t)),
    moved AS (SELECT phase, half * (max(r, 0) + max(r0, 0)) AS into_cell,
      half * (max(-r, 0) + max(-r0, 0)) AS out_of_cell FROM pairs WHERE half IS NOT NULL)
    """
  }

  static let charge = "current_ampere"
  static let energy = "voltage_volt * current_ampere"

  static let extent = """
    SELECT max(test_time_second) - min(test_time_second), count(*),
      sum(voltage_volt IS NULL OR current_ampere IS NULL),
      nullif(max(\(hottestChannel)), -1e9) FROM samples
    """

  static let innovation = """
    SELECT 1000 * sqrt(avg(voltage_innovation_volt * voltage_innovation_volt)),
      1000 * avg(voltage_innovation_volt),
      sum(normalised_innovation_squared) / nullif(sum(
        CASE WHEN normalised_innovation_squared IS NOT NULL THEN assimilated_channels END), 0)
    FROM estimates
    """

  static let finalStateOfCharge = """
    SELECT state_of_charge, state_of_charge_sd FROM estimates
    WHERE state_of_charge IS NOT NULL ORDER BY scan DESC LIMIT 1
    """

  /// Decisions of phases that rode a limit at least once, apart from those phases' protocol steps.
  static let closedLoop = """
    WITH riding AS (SELECT DISTINCT phase FROM decisions
      WHERE binding IN ('current', 'voltage', 'temperature', 'plating_margin')),
    closed_loop AS (SELECT scan, test_time_second, binding FROM decisions
      WHERE phase IN riding AND binding NOT IN ('step', 'none'))
    """

  static let bindings = """
    \(closedLoop) SELECT binding, count(*) FROM closed_loop GROUP BY binding ORDER BY count(*) DESC
    """

  static let closedLoopExtent = """
    \(closedLoop) SELECT min(test_time_second), max(test_time_second) FROM closed_loop
    """

  static let platingPotential = """
    \(closedLoop) SELECT 1000 * min(negative_potential_at_separator_volt),
      1000 * min(negative_potential_at_separator_volt
        - 2 * negative_potential_at_separator_volt_sd)
    FROM estimates WHERE scan IN (SELECT scan FROM closed_loop)
    """

  /// Nearest rank: the smallest value that `share` of all scans do not exceed; ms.
  static func scanTime(_ share: Double) -> String {
    """
    SELECT min(ms) FROM (SELECT total_microsecond / 1000 AS ms,
      cume_dist() OVER (ORDER BY total_microsecond) AS share FROM timing
      WHERE total_microsecond IS NOT NULL) WHERE share >= \(share)
    """
  }

  static let phases = """
    SELECT phase, min(test_time_second), max(test_time_second),
      nullif(max(\(hottestChannel)), -1e9) FROM samples GROUP BY phase ORDER BY phase
    """

  static let phaseInnovation = """
    SELECT s.phase, 1000 * sqrt(avg(e.voltage_innovation_volt * e.voltage_innovation_volt))
    FROM estimates AS e JOIN samples AS s ON s.scan = e.scan GROUP BY s.phase
    """
}
