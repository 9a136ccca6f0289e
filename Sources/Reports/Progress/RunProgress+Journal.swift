public import Journal
import Records

extension RunProgress {
  /// The latest state that a journal tells of; the time left is not in it.
  public init(_ view: JournalView) throws {
    self.init()
    try view.each(
      """
      SELECT test_time_second, voltage_volt, current_ampere, surface_temperature_celsius
      FROM samples ORDER BY scan DESC LIMIT 1
      """
    ) { row in
      time = row.number(0)
      voltage = row.double(1)
      current = row.double(2)
      temperature = row.double(3)
    }
    try view.each(
      """
      SELECT state_of_charge, state_of_charge_sd, negative_potential_at_separator_volt,
        negative_potential_at_separator_volt_sd FROM estimates ORDER BY scan DESC LIMIT 1
      """
    ) { row in
      if let mean = row.double(0) { stateOfCharge = Estimated(mean, sd: row.number(1)) }
      if let mean = row.double(2) { platingPotential = Estimated(mean, sd: row.number(3)) }
    }
    binding = try view.one("SELECT binding FROM decisions ORDER BY id DESC LIMIT 1") {
      $0.text(0).flatMap(Decision.Binding.init(rawValue:))
    }.flatMap { $0 }
    deadlineMisses =
      try view.one("SELECT sum(twin_missed) FROM timing") { $0.int(0) ?? 0 } ?? 0
    phase = try Self.latest("phase.started", view)
    step = try Self.latest("step.started", view)
  }

  private static func latest(_ event: StaticString, _ view: JournalView) throws -> String {
    try view.one(
      "SELECT message FROM events WHERE event = '\(event)' ORDER BY id DESC LIMIT 1"
    ) { $0.text(0) ?? "" } ?? ""
  }
}
