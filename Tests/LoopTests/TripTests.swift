import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// A limit of the bench is crossed while current flows.
  @Suite("Trips", .serialized)
  struct TripTests {
    /// A bench whose cell may suffer less than the demo's.
    private func bench(
      voltage: String = "4.2 V", temperature: String = "60 degC", ambient: Int = 25
    ) throws -> LoopBench {
      let bench = try LoopBench(
        ambient: ambient,
        bench: {
          LoopBench.ownLimits($0).replacing(
            "trip_watch = \"0 s\"", with: "trip_watch = \"2 min\"")
        })
      try bench.writeLimits(voltage: voltage, temperature: temperature)
      return bench
    }

    /// Runs to the trip; status, line, latch and journal say so.
    private func tripped(_ bench: LoopBench, _ steps: [String]) throws {
      let run = try bench.run(try bench.protocolFile(steps))
      #expect(run.end() == 1)
      #expect(run.ownErrors.count == 1)
      let line = try #require(run.ownErrors.last)
      let form =
        #/lockstep: trip: .+: [0-9.]+ .+, allowed [0-9.]+ .+ \(cell limit, .+\) at [0-9.]+ s; outputs off/#
      #expect(line.wholeMatch(of: form) != nil, "\(line)")
      #expect(bench.latch == "demo.latch")
      let journal = try bench.journal()
      #expect(try journal.rows("SELECT status FROM ended") == [["1"]])
      #expect(try journal.rows("SELECT count(*) FROM events WHERE severity = 'trip'") == [["1"]])
    }

    @Test("SAF-001 SAF-006: a limit crossed under current: 1, outputs first, contactor last, latch")
    func underCurrent() throws {
      let bench = try bench(voltage: "3.9 V")
      // The voltage jumps past its limit within one scan.
      try tripped(bench, ["Rest for 20 s", "Charge at 1C for 1 hour"])
      // The relay takes 10 ms of the rig's time, which runs on by itself only after 0.2 s.
      _ = Patience.until { bench.latestTruth.rows.last?.contactorClosed == false }
      let truth = try bench.endedTruth()
      #expect(truth.rows.contains { !$0.isQuiet })
      let quiet = try #require(truth.lasting(\.isQuiet))
      let outputs = try #require(truth.lasting { !$0.supplyOn && !$0.loadOn })
      let open = try #require(truth.lasting { !$0.contactorClosed })
      // A living controller opens the contactor without current.
      #expect(quiet < open)
      #expect(outputs < open)
    }

    @Test("SAF-001: a bench that is outside its limits at the start never closes the contactor")
    func atTheStart() throws {
      let bench = try bench(temperature: "30 degC", ambient: 40)
      try tripped(bench, ["Rest for 20 s", "Discharge at 1C for 1 hour"])
      #expect(try bench.endedTruth().rows.allSatisfy { $0.isQuiet && !$0.contactorClosed })
    }

    @Test("SAF-017: a cell above the window of the declared chemistry never gets any current")
    func wrongChemistry() throws {
      let bench = try bench(voltage: "3.65 V")
      try tripped(bench, ["Rest for 20 s", "Discharge at 1C for 1 hour"])
      let line = try bench.journal().rows("SELECT message FROM events WHERE severity = 'trip'")
      #expect("\(line)".contains("SAF-017"))
      #expect(try bench.endedTruth().rows.allSatisfy { $0.isQuiet && !$0.contactorClosed })
    }

    @Test(
      "SAF-004: a phase with tighter limits begins while the current of the one before still flows")
    func tighterPhase() throws {
      // A shunt that is read late shows the old current well into the new phase.
      let bench = try LoopBench(plant: {
        $0.replacing("noise = \"5 mA\"", with: "noise = \"5 mA\"\nlatency = \"1500 ms\"")
      })
      _ = try bench.protocolFile(["Charge at 0.5C for 30 s or until 4.2 V"], name: "first")
      let campaign = """
        schema = 1
        asset = "M50-001"
        [initial]
        state_of_charge = "60 %"
        sd = "2 %"
        [[phase]]
        kind = "protocol"
        protocol = "./first.toml"
        [[phase]]
        kind = "charge"
        policy = "ride"
        to = "61.2 %"
        limits = { current = "500 mA", voltage = "4.2 V", temperature = "45 degC", plating_margin = "10 mV" }

        """
      let run = try bench.run(try bench.write(campaign, to: "campaign.toml"))
      #expect(run.end() == 0, "\(run.error)")
      // 1.5 A, all the table allows, flowed in the last sample of the first phase, and no more than 0.5 A from its fourth second on.
      let journal = try bench.journal()
      let rows = try journal.allNumbers(
        "SELECT test_time_second, phase, current_ampere FROM samples ORDER BY scan")
      let change = try #require(rows.firstIndex { $0[1] == 1 })
      #expect(rows[change - 1][2] > 1.4)
      let later = rows.filter { $0[1] == 1 && $0[0] >= rows[change][0] + 4 }
      #expect(!later.isEmpty && later.allSatisfy { $0[2] < 0.55 })
    }

    @Test("SAF-009: a minute before the trip at full rate and the watch after it are on record")
    func record() throws {
      let bench = try bench(voltage: "3.9 V")
      try tripped(bench, ["Rest for 90 s", "Charge at 1C for 1 hour"])
      let text = try String(
        contentsOfFile: bench.folder.path + "/data/lockstep/runs/run/trip.csv", encoding: .utf8)
      let rows = text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let journal = try bench.journal()
      let trip = try #require(
        try journal.numbers("SELECT test_time_second FROM events WHERE severity = 'trip'").first)
      let times = try rows.map { try #require(Double($0[1])) }
      // A scan is a second; a machine that does other things lets the rig's clock run on in between.
      let first = try #require(times.first)
      let last = try #require(times.last)
      #expect(first >= trip - 61 && first <= trip - 59 && last >= trip + 120)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 1 - 1e-9 })
      // The same samples as the journal's, which knows nothing of this file.
      func column(_ name: String) throws -> [Double] {
        try journal.allNumbers(
          "SELECT \(name) FROM samples WHERE test_time_second BETWEEN \(first - 0.01) AND "
            + "\(last + 0.01) ORDER BY scan"
        ).map { $0[0] }
      }
      #expect(try column("scan") == rows.compactMap { Double($0[0]) })
      #expect(try column("voltage_volt") == rows.compactMap { Double($0[3]) })
      #expect(try column("current_ampere") == rows.compactMap { Double($0[5]) })
      // SAF-013: nothing is on and the contactor is open in every row of the watch.
      for row in rows where try #require(Double(row[1])) > trip + 3 {
        #expect(row[9] == "0" && row[12] == "0" && row[15] == "0", "\(row)")
      }
    }

    @Test("SAF-006: an acknowledged bench runs again, to the end")
    func acknowledged() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 2 hours"])
      let first = try bench.run(job)
      try #require(Patience.until { (bench.latestTruth.rows.last?.pace ?? 0) > 100 })
      let controller = try #require(first.child, "\(first.error)")
      first.send(9)
      #expect(first.end() == -9)
      // It holds the bench's lock until it has made safe and is gone.
      try #require(Patience.until { hasEnded(controller) })
      try #require(Patience.until { bench.latestTruth.rows.last?.contactorClosed == false })

      let words =
        ["acknowledge", bench.benchPath, "--watch", "5"] + bench.portWords()
        + ["--by", "A Person", "--note", "cell cold"]
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
