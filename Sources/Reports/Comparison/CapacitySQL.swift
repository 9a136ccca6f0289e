/// The queries behind a count of charge, in one place for whoever wants to check them by hand.
enum CapacitySQL {
  /// Readings of a phase's discharge, from the last that charged before it to the first after it.
  ///
  /// A reading is labelled with the phase and step whose set-point was in force when it was taken. Gaps between
  /// sittings of a run count nothing.
  private static func flow(_ phase: Int, zero: Double) -> String {
    """
    WITH valid AS (SELECT phase, step, test_time_second AS t, current_ampere AS i,
      voltage_volt AS v, surface_temperature_celsius AS celsius,
      (SELECT count(*) FROM sittings WHERE first_scan <= scan) AS sitting FROM samples
      WHERE current_ampere IS NOT NULL),
    own AS (SELECT * FROM valid WHERE phase = \(phase)),
    ending AS (SELECT max(t) AS last FROM own WHERE i < \(-zero)),
    span AS (SELECT last, ifnull((SELECT max(t) FROM own WHERE i > \(zero) AND t < last),
      (SELECT min(t) FROM own)) AS first,
      ifnull((SELECT min(t) FROM valid WHERE t > last), last) AS next FROM ending),
    flow AS (SELECT t, v, celsius, sitting,
      CASE WHEN phase = \(phase) AND i < \(-zero) THEN -i ELSE 0 END AS out
      FROM valid, span WHERE t BETWEEN first AND next),
    pairs AS (SELECT t, v, celsius, out, t - lag(t) OVER w AS dt, lag(out) OVER w AS out0 FROM flow
      WINDOW w AS (PARTITION BY sitting ORDER BY t))
    """
  }

  /// First and last reading that discharges, s; Ah and s of the discharge; lowest voltage, V; mean temperature, degC;
  /// number of readings.
  static func count(_ phase: Int, zero: Double) -> String {
    """
    \(flow(phase, zero: zero))
    SELECT min(CASE WHEN out > 0 THEN t END), max(CASE WHEN out > 0 THEN t END),
      sum(dt * (out + out0)) / 7200, sum(dt * ((out > 0) + (out0 > 0))) / 2,
      min(CASE WHEN out > 0 THEN v END), avg(CASE WHEN out > 0 THEN celsius END), sum(out > 0)
    FROM pairs
    """
  }

  /// What ended the step of the phase's last reading that discharges.
  static func ending(_ phase: Int, zero: Double) -> String {
    """
    WITH final AS (SELECT step, test_time_second AS t FROM samples
      WHERE phase = \(phase) AND current_ampere < \(-zero) ORDER BY scan DESC LIMIT 1)
    SELECT substr(message, length(step) + 3) FROM events, final
    WHERE event = 'step.ended' AND message LIKE step || ': %' AND test_time_second >= t
    ORDER BY id LIMIT 1
    """
  }
}
