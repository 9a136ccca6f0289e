import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// A limit of the bench is crossed while current flows.
  @Suite("Trips", .serialized)
  struct TripTests {
    /// A limit that the demo's bench may have, and a step that crosses its trip value.
    struct Crossing: CustomTestStringConvertible {
      var limit: String
      var old: String
      var new: String
      var step: String
      var testDescription: String { limit }
    }

    static let crossings = [
      Crossing(
        limit: "voltage", old: "operate = [\"2.5 V\", \"4.2 V\"]\ntrip = [\"2.4 V\", \"4.25 V\"]",
        new: "operate = [\"2.5 V\", \"3.85 V\"]\ntrip = [\"2.4 V\", \"3.86 V\"]",
        step: "Charge at C/3 for 2 hours"),
      Crossing(
        limit: "temperature",
        old: "operate = [\"-20 degC\", \"60 degC\"]\ntrip = [\"-25 degC\", \"65 degC\"]",
        new: "operate = [\"-20 degC\", \"25.5 degC\"]\ntrip = [\"-25 degC\", \"26.5 degC\"]",
        step: "Discharge at 1C for 1 hour"),
    ]

    @Test(
      "SAF-001 SAF-006: a crossed limit ends the run with 1, outputs first, contactor last, and latches",
      arguments: crossings)
    func trip(_ crossing: Crossing) throws {
      let bench = try LoopBench(bench: {
        $0.replacingOccurrences(of: crossing.old, with: crossing.new)
      })
      let run = try bench.run(
        try bench.protocolFile(["Rest for 20 s", crossing.step]))
      #expect(run.end() == 1)
      let line = try #require(run.ownErrors.last)
      #expect(run.ownErrors.count == 1)
      #expect(
        line.wholeMatch(
          of:
            #/lockstep: trip: .*[0-9.]+ .*, allowed [0-9.]+ .* \(bench limit, .*\) at [0-9.]+ s; outputs off/#
        )
          != nil, "\(line)")
      #expect(bench.latch == "demo.latch")

      let truth = try bench.endedTruth()
      let quiet = try #require(truth.lasting(\.isQuiet))
      let outputs = try #require(truth.lasting { !$0.supplyOn && !$0.loadOn })
      let open = try #require(truth.lasting { !$0.contactorClosed })
      #expect(truth.rows.contains { !$0.isQuiet })
      // A living controller opens the contactor without current.
      #expect(quiet < open)
      #expect(outputs < open)

      let journal = try bench.journal()
      #expect(try journal.rows("SELECT status FROM ended") == [["1"]])
      #expect(try journal.rows("SELECT count(*) FROM events WHERE severity = 'trip'") == [["1"]])
    }

    @Test("SAF-006: an acknowledged bench runs again, to the end")
    func acknowledged() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 2 hours"])
      let first = try bench.run(job)
      try #require(Patience.until { (bench.latestTruth.rows.last?.pace ?? 0) > 100 })
      first.send(9)
      #expect(first.end() == -9)
      try #require(Patience.until { bench.latestTruth.rows.last?.contactorClosed == false })

      let words = ["acknowledge", bench.benchPath, "--by", "A Person", "--note", "cell cold"]
      // A name and a note are needed.
      #expect(try bench.finished(Array(words.dropLast()) + [""]).end() == 2)
      #expect(bench.latch == "demo.running")
      #expect(try bench.finished(words).end() == 0)
      // Nothing to acknowledge any more.
      #expect(try bench.finished(words).end() == 2)
      let again = try bench.run(
        try bench.protocolFile(["Rest for 30 s", "Charge at C/3 for 60 s"], name: "again"),
        name: "again")
      #expect(again.end() == 0, "\(again.error)")
      #expect(bench.latch == nil)
      #expect(try bench.endedTruth().lasting(\.isQuiet) != nil)
    }
  }
}
