import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// A limit of the bench is crossed while current flows.
  @Suite("Trips", .serialized)
  struct TripTests {
    /// A limit of the cell, and a step that crosses its trip value.
    struct Crossing: CustomTestStringConvertible {
      var limit: String
      var voltage = "4.2 V"
      var temperature = "60 degC"
      var steps: [String]
      var testDescription: String { limit }

      var file: String {
        """
        schema = 1
        chemistry = "NMC811/graphite-SiOx"
        source = "test"
        [voltage]
        operate = ["2.5 V", "\(voltage)"]
        refuse_below = "2.0 V"
        [charge_current]
        "0..60 degC" = "5.9 A"
        [discharge_current]
        "-20..60 degC" = "7.2 A"
        [temperature]
        charge = ["0 degC", "\(temperature)"]
        discharge = ["-20 degC", "\(temperature)"]

        """
      }
    }

    /// The voltage jumps past its limit within one scan; the temperature creeps.
    static let crossings = [
      Crossing(limit: "voltage", voltage: "3.9 V", steps: ["Charge at 1C for 1 hour"]),
      Crossing(
        limit: "temperature", temperature: "25.5 degC", steps: ["Chamber at 45 degC for 5 s", "Discharge at 1C for 1 hour"]),
    ]

    @Test(
      "SAF-001 SAF-006: a crossed limit ends the run with 1, outputs first, contactor last, and latches",
      arguments: crossings)
    func trip(_ crossing: Crossing) throws {
      let bench = try LoopBench(bench: {
        $0.replacingOccurrences(of: "limits = \"lg-m50\"", with: "limits = \"./cell.limits.toml\"")
      })
      _ = try bench.write(crossing.file, to: "cell.limits.toml")
      let run = try bench.run(
        try bench.protocolFile(["Rest for 20 s"] + crossing.steps))
      #expect(run.end() == 1)
      let line = try #require(run.ownErrors.last)
      #expect(run.ownErrors.count == 1)
      #expect(
        line.wholeMatch(
          of:
            #/lockstep: trip: .*[0-9.]+ .*, allowed [0-9.]+ .* \(cell limit, .*\) at [0-9.]+ s; outputs off/#
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
