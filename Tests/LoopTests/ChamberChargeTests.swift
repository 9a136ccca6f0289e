import JournalTestKit
import Testing

extension LoopTests {
  /// The chamber as the second thing that a charge decides on.
  @Suite("Charging with a choice of the chamber", .serialized)
  struct ChamberChargeTests {
    private static func campaign(_ chamber: String) -> String {
      """
      schema = 1
      asset = "M50-001"
      research_override = { by = "test", reason = "virtual cell" }
      [initial]
      state_of_charge = "40 %"
      sd = "2 %"
      [[phase]]
      kind = "protocol"
      protocol = "./first.toml"
      [[phase]]
      kind = "charge"
      policy = "ride"
      to = "60 %"
      \(chamber)
      limits = { current = "6 A", voltage = "4.2 V", temperature = "45 degC", plating_margin = "10 mV" }
      [[phase]]
      kind = "protocol"
      protocol = "./last.toml"

      """
    }

    private struct Ride {
      var minutes: Double
      var chosen: String?
      /// degC, at its end and at the run's.
      var ambients: (end: Double, last: Double)
      var lowest: Double
    }

    private func ride(_ chamber: String) throws -> Ride {
      let bench = try LoopBench(seed: 105, stateOfCharge: 40, ambient: 10)
      _ = try bench.protocolFile(
        ["Rest for 60 s", "Discharge at C/2 for 300 s or until 2.6 V", "Rest for 300 s"],
        name: "first")
      _ = try bench.protocolFile(["Rest for 1800 s"], name: "last")
      let run = try bench.run(try bench.write(Self.campaign(chamber), to: "campaign.toml"))
      #expect(run.end() == 0, "\(run.error)")
      let journal = try bench.journal()
      let ended = try #require(
        try journal.allNumbers(
          "SELECT duration_second, test_time_second FROM charges WHERE stage = 'happened'"
        ).first)
      func ambient(_ condition: String) throws -> Double {
        try journal.numbers(
          "SELECT ambient_temperature_celsius FROM samples WHERE \(condition) ORDER BY scan DESC LIMIT 1"
        )[0]
      }
      let truth = try bench.endedTruth()
      return Ride(
        minutes: ended[0] / 60,
        chosen: try journal.rows("SELECT message FROM events WHERE event = 'charge.chamber'")
          .first?[0],
        ambients: (try ambient("test_time_second <= \(ended[1])"), try ambient("1")),
        lowest: truth.rows.filter { $0.current > 0.1 }.map(\.negativePotential).min() ?? .nan)
    }

    @Test("it goes where the charge is soonest, keeps the margin in truth, and comes back")
    func choice() throws {
      let warm = try ride(
        "chamber = { choose = [\"10 degC\", \"30 degC\", \"20 degC\"], time_constant = \"5 min\" }")
      let cold = try ride("")
      #expect(try #require(warm.chosen).hasPrefix("chamber to 30"))
      #expect(cold.chosen == nil)
      #expect(warm.ambients.end > 25 && abs(warm.ambients.last - 10) < 1, "\(warm.ambients)")
      #expect(abs(cold.ambients.end - 10) < 1)
      #expect(warm.minutes < 0.9 * cold.minutes, "\(warm.minutes), \(cold.minutes) min")
      #expect(warm.lowest >= 0.01 && cold.lowest >= 0.01, "\(warm.lowest), \(cold.lowest) V")
    }
  }
}
