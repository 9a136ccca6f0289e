/// The queries behind a comparison of charges, in one place for whoever wants to check them by hand.
enum ComparisonSQL {
  /// Bindings of a charge that a policy decides on.
  private static let bound =
    "('current', 'voltage', 'temperature', 'plating_margin', 'rise_rate', 'cost')"

  /// Phase, policy, titles of phases with a charge: of what happened, in order.
  static let happened = """
    SELECT c.phase, c.policy, c.state_of_charge_start, c.temperature_start_celsius,
      c.state_of_charge_end FROM charges AS c WHERE c.stage = 'happened' ORDER BY c.id
    """

  static func promised(_ phase: Int) -> String {
    """
    SELECT duration_second, duration_low_second, duration_high_second, voltage_highest_volt,
      voltage_highest_volt_sd, temperature_highest_celsius, temperature_highest_celsius_sd,
      1000 * (negative_potential_at_separator_lowest_volt
        - 2 * negative_potential_at_separator_lowest_volt_sd)
    FROM charges WHERE stage = 'promised' AND phase = \(phase) ORDER BY id DESC LIMIT 1
    """
  }

  /// First and last control period with current, s.
  static func extent(_ phase: Int) -> String {
    """
    SELECT min(test_time_second), max(test_time_second) FROM decisions
    WHERE phase = \(phase) AND binding IN \(bound)
    """
  }

  /// Highest voltage and surface temperature of the samples in a span.
  static func highest(_ from: Double, _ to: Double) -> String {
    """
    SELECT max(voltage_volt), max(surface_temperature_celsius) FROM samples
    WHERE test_time_second > \(from) AND test_time_second <= \(to)
    """
  }

  /// Trapezoids of the measured current, Ah.
  static func charge(_ from: Double, _ to: Double) -> String {
    """
    WITH valid AS (SELECT test_time_second AS t, current_ampere AS i FROM samples
      WHERE current_ampere IS NOT NULL AND test_time_second >= \(from)
      AND test_time_second <= \(to)),
    pairs AS (SELECT (t - lag(t) OVER w) / 7200 * (i + lag(i) OVER w) AS q FROM valid
      WINDOW w AS (ORDER BY t))
    SELECT sum(q) FROM pairs
    """
  }

  /// Lowest estimate less 2 sd in a span, mV; how often the estimate lay under a margin, mV, and how often
  /// estimate less 2 sd more than a millivolt under it.
  static func potential(_ from: Double, _ to: Double, margin: Double) -> String {
    """
    SELECT 1000 * min(negative_potential_at_separator_volt
        - 2 * negative_potential_at_separator_volt_sd),
      sum(1000 * negative_potential_at_separator_volt < \(margin)),
      sum(1000 * (negative_potential_at_separator_volt
        - 2 * negative_potential_at_separator_volt_sd) < \(margin - 1))
    FROM estimates WHERE test_time_second > \(from) AND test_time_second <= \(to)
    """
  }

  /// A column of the samples in a span, over time.
  static func course(_ column: String, _ from: Double, _ to: Double) -> String {
    """
    SELECT test_time_second, \(column) FROM samples WHERE \(column) IS NOT NULL
      AND test_time_second > \(from) AND test_time_second <= \(to) ORDER BY scan
    """
  }

  /// Estimate less 2 sd in a span, mV, over time.
  static func lowerPotential(_ from: Double, _ to: Double) -> String {
    """
    SELECT test_time_second, 1000 * (negative_potential_at_separator_volt
      - 2 * negative_potential_at_separator_volt_sd)
    FROM estimates WHERE test_time_second > \(from) AND test_time_second <= \(to) ORDER BY scan
    """
  }

  /// Why an arm may not be compared.
  static func unequal(_ from: Double, _ to: Double) -> String {
    """
    SELECT message FROM events WHERE event = 'arm.unequal' AND test_time_second > \(from)
      AND test_time_second <= \(to) LIMIT 1
    """
  }

  /// Voltage at rest after a charge, one phase further: time and V.
  static func relaxation(_ phase: Int) -> String {
    """
    SELECT test_time_second, voltage_volt FROM samples WHERE phase = \(phase)
      AND voltage_volt IS NOT NULL AND abs(current_ampere) < 0.05 ORDER BY scan
    """
  }
}
