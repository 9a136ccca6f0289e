import JournalTestKit
import Testing

extension LoopTests {
  /// A stepped run is a function of its files and the rig's seed.
  @Suite("Determinism", .serialized)
  struct DeterminismTests {
    static let campaign = """
      schema = 1
      asset = "M50-001"
      research_override = { by = "test", reason = "virtual cell" }
      [initial]
      state_of_charge = "60 %"
      sd = "2 %"
      [[phase]]
      kind = "protocol"
      protocol = "./first.toml"
      [[phase]]
      kind = "charge"
      policy = "ride"
      to = "62 %"
      limits = { current = "3 A", voltage = "4.2 V", temperature = "45 degC", plating_margin = "10 mV" }

      """

    /// What was measured, believed and decided, without a wall time, as text.
    private func story(seed: Int) throws -> [String: [[String?]]] {
      let bench = try LoopBench(seed: seed)
      _ = try bench.protocolFile(
        [
          "Rest for 20 s", "Discharge at 1C for 30 s or until 45 degC", "Rest for 20 s",
          "Charge at 0.5C for 30 s or until 4.2 V", "Chamber at 20 degC for 10 s",
        ], name: "first")
      let run = try bench.run(try bench.write(Self.campaign, to: "campaign.toml"))
      #expect(run.end() == 0, "\(run.error)")
      let journal = try bench.journal()
      #expect(try journal.numbers("SELECT count(*) FROM samples")[0] > 200)
      var story: [String: [[String?]]] = [:]
      for table in ["samples", "estimates", "decisions", "commands"] {
        let columns = try journal.rows("PRAGMA table_info(\(table))").compactMap { $0[1] }
          .filter { $0 != "unix_time_second" && $0 != "id" }
        story[table] = try journal.rows(
          "SELECT \(columns.joined(separator: ", ")) FROM \(table) ORDER BY rowid")
      }
      return story
    }

    @Test("the same seed gives the same run to the last digit, another seed another one")
    func seeds() throws {
      let first = try story(seed: 7)
      let second = try story(seed: 7)
      for (table, rows) in first {
        #expect(!rows.isEmpty)
        let other = second[table] ?? []
        let difference = zip(rows, other).first { $0 != $1 }
        #expect(difference == nil && rows.count == other.count, "\(table) differs")
      }
      let other = try story(seed: 8)
      for table in ["samples", "estimates", "decisions"] { #expect(other[table] != first[table]) }
    }
  }
}
