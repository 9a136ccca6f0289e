import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `capacity` of a `validate` phase: counted on the rig's bus before and after the pairs.
  @Suite("Counted capacity", .serialized)
  struct CountedCapacityTests {
    /// A window of some minutes stands for the cell's whole.
    private static let count = [
      "Charge at 3 A until 4.0 V", "Rest for 1 minute", "Discharge at 5 A until 3.65 V",
      "Rest for 1 minute", "Charge at 3 A until SOC 60 % or until 4.1 V",
    ]

    private static let campaign = """
      schema = 1
      asset = "M50-001"
      research_override = { by = "test", reason = "virtual cell" }
      [initial]
      state_of_charge = "60 %"
      sd = "2 %"
      [[phase]]
      kind = "validate"
      to = "58 %"
      prepare = "./prepare.toml"
      relax = "./prepare.toml"
      capacity = "./count.toml"
      prescription = { policy = "cccv", current = "4 A", voltage = "4.1 V" }
      baseline = { policy = "cccv", current = "3 A", voltage = "4.1 V" }
      limits = { current = "6 A", voltage = "4.2 V", temperature = "45 degC", plating_margin = "0 mV" }

      """

    private func campaign(_ bench: LoopBench) throws -> String {
      _ = try bench.protocolFile(Self.count, name: "count")
      _ = try bench.protocolFile(
        ["Discharge at 5 A until SOC 56 %", "Rest for 1 minute"], name: "prepare")
      return try bench.write(Self.campaign, to: "campaign.toml")
    }

    private func object(_ program: Program) throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    @Test("check forecasts both counts by name")
    func check() throws {
      let bench = try LoopBench()
      let program = try bench.finished(
        ["check", bench.benchPath, try campaign(bench), "--soc", "0.6", "--json"])
      #expect(program.end() == 0, "\(program.error)")
      let forecast = try #require(try object(program)["forecast"] as? [[String: Any]])
      #expect(forecast.count == 8)
      for (row, name) in [
        (forecast.first, "capacity before: count"), (forecast.last, "capacity after: count"),
      ] {
        #expect(row?["name"] as? String == name)
        #expect(abs((row?["current_minimum_ampere"] as? Double ?? 0) + 5) < 1e-6)
        #expect((row?["duration_second"] as? Double ?? 0) > 200)
      }
    }

    @Test(
      "both counts are the rig's true charge to the shunt's error, and their difference is closer")
    func counted() throws {
      let bench = try LoopBench(seed: 3)
      let run = try bench.run(try campaign(bench))
      #expect(run.end() == 0, "\(run.error)")
      let titles = try bench.journal().rows(
        "SELECT message FROM events WHERE event = 'phase.started' ORDER BY id"
      ).compactMap { $0[0] }
      #expect(titles.count == 8)
      #expect(titles.first == "1 of 8: capacity before: protocol count")
      #expect(titles.last == "8 of 8: capacity after: protocol count")

      let numbers = try #require(
        try object(bench.finished(["report", "run", "--json"]))["numbers"] as? [String: Any])
      let comparison = try #require(numbers["comparison"] as? [String: Any])
      let counts = try #require(comparison["capacities"] as? [[String: Any]])
      try #require(counts.compactMap { $0["when"] as? String } == ["before", "after"])
      let shift = try bench.journal().numbers(
        "SELECT pace_second - test_time_second FROM pace_marks")
      let truth = try bench.endedTruth()
      var errors: [Double] = []
      for count in counts {
        let from = try #require(count["start_second"] as? Double) + shift[0] - 5
        let to = try #require(count["end_second"] as? Double) + shift[0] + 5
        let counted = try #require(count["ampere_hour"] as? Double)
        #expect((count["ended_by"] as? String)?.hasPrefix("voltage <= 3.65") == true)
        let real = truth.discharged(from, to)
        #expect(real > 0.1, "\(real) Ah")
        // 0.1 % of scale and 5 mA of noise; the current begins and ends somewhere within a second.
        #expect(abs(counted - real) < 4e-3 * real + 5 / 3600.0, "\(counted), truly \(real) Ah")
        errors.append(counted - real)
      }
      #expect(abs(errors[1] - errors[0]) < 5 / 3600.0)
      let verdict = try #require(comparison["verdict"] as? String)
      // Two charges in between have warmed the cell by more than a count may differ.
      let celsius = counts.compactMap { $0["temperature_mean_celsius"] as? Double }
      #expect(celsius.count == 2 && celsius[1] - celsius[0] > 1, "\(celsius)")
      #expect(
        verdict.contains(#/Counted capacity 0\.\d{3} then 0\.\d{3} A h: not comparable, at /#))
      let html = try String(
        contentsOfFile: "\(bench.folder.path)/data/lockstep/runs/run/report.html", encoding: .utf8)
      #expect(html.contains("before the pairs") && html.contains("after the pairs"))
    }
  }
}

extension Truth {
  /// Out of the cell between two instants of pace time, Ah: each row's current stood since the row before.
  fileprivate func discharged(_ from: Double, _ to: Double) -> Double {
    zip(rows, rows.dropFirst()).reduce(0) { sum, pair in
      let (before, row) = pair
      guard row.pace > from, row.pace <= to, row.current < -0.1 else { return sum }
      return sum - row.current * (row.pace - before.pace) / 3600
    }
  }
}
