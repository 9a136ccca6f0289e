import Foundation
import Glibc
import JournalTestKit
import Testing

extension LoopTests {
  /// A run that was stopped goes on where it was.
  @Suite("Resuming", .serialized)
  struct ResumeTests {
    /// A time, a charge and a hold, each long enough to be hit.
    static let steps = [
      "Rest for 30 s", "Discharge at C/2 for 900 s or until 2.5 V",
      "Charge at C/3 until 0.4 Ah or until 4.2 V", "Hold at 3.9 V for 400 s or until 0.1 A",
      "Rest for 60 s",
    ]

    /// Waits until a run that is on has come to the step with this number and so many of its scans.
    private func wait(_ bench: LoopBench, _ run: Program, step: Int, scans: Int) throws {
      let path = bench.journalPath()
      let isThere = Patience.until {
        guard !run.hasEnded else { return true }
        guard FileManager.default.fileExists(atPath: path) else { return false }
        let count = try? bench.journal().numbers(
          "SELECT count(*) FROM estimates JOIN samples USING (scan) WHERE step = \(step)")
        return (count?.first ?? 0) >= Double(scans)
      }
      try #require(isThere && !run.hasEnded, "\(run.error)")
    }

    private func resume(_ bench: LoopBench, _ words: [String] = []) throws -> Program {
      try bench.lockstep(["resume", "run"] + bench.portWords() + words)
    }

    private func acknowledge(_ bench: LoopBench) throws {
      let words =
        ["acknowledge", bench.benchPath, "--watch", "5", "--by", "A Person", "--note", "cold"]
        + bench.portWords()
      let program = try bench.finished(words)
      #expect(program.end() == 0, "\(program.error)")
    }

    /// The steps of a run by their own words, in the order of their beginning.
    private func begun(_ bench: LoopBench, _ run: String = "run") throws -> [String] {
      try bench.journal(run).rows(
        "SELECT message FROM events WHERE event = 'step.started' ORDER BY id"
      ).compactMap { $0[0]?.split(separator: ": ", maxSplits: 1).last.map(String.init) }
    }

    /// What flowed in a step and for how long, A s and s, by plain SQL: a reading is that of the period which ends
    /// with it; none ends with the first that a sitting's campaign saw.
    private func moved(_ bench: LoopBench, step: Int, _ run: String = "run") throws -> (
      charge: Double, time: Double
    ) {
      let row = try bench.journal(run).numbers(
        """
        WITH seen AS (SELECT samples.*, (SELECT max(id) FROM sittings WHERE first_scan <= scan) AS sitting
          FROM samples WHERE scan IN (SELECT scan FROM estimates)),
        pairs AS (SELECT step, current_ampere AS i,
          test_time_second - lag(test_time_second) OVER (PARTITION BY sitting ORDER BY scan) AS dt
          FROM seen)
        SELECT total(i * dt), total(dt) FROM pairs WHERE step = \(step)
        """)
      return (row[0], row[1])
    }

    /// One journal, whole, whose scans and times only grow.
    private func checkJournal(_ bench: LoopBench, sittings: Int, statuses: [String]) throws {
      let journal = try bench.journal()
      #expect(try journal.rows("PRAGMA integrity_check") == [["ok"]])
      #expect(try journal.rows("SELECT count(*) FROM sittings") == [["\(sittings)"]])
      #expect(try journal.rows("SELECT status FROM ended ORDER BY id").map { $0[0] } == statuses)
      #expect(
        try journal.rows("SELECT count(*) FROM events WHERE event = 'run.resumed'")
          == [["\(sittings - 1)"]])
      let times = try journal.allNumbers(
        "SELECT scan, test_time_second, unix_time_second - test_time_second FROM samples ORDER BY scan"
      )
      #expect(zip(times, times.dropFirst()).allSatisfy { $0[0] < $1[0] && $0[1] < $1[1] })
      #expect(times.allSatisfy { abs($0[2] - times[0][2]) < 1e-5 })
      // The rig's clock ran on by itself while the run was stopped, and so did the run's time.
      let marks = try journal.allNumbers(
        "SELECT test_time_second, pace_second FROM pace_marks ORDER BY id")
      #expect(marks.count == sittings && marks.allSatisfy { $0[0] == $0[1] }, "\(marks)")
      #expect(zip(marks, marks.dropFirst()).allSatisfy { $1[0] - $0[0] > 0.2 })
      // Every estimate belongs to a sample, and every step and phase began once.
      #expect(
        try journal.rows(
          "SELECT count(*) FROM estimates WHERE scan NOT IN (SELECT scan FROM samples)")
          == [["0"]])
      let words = try journal.rows(
        "SELECT message FROM events WHERE event IN ('step.started', 'phase.started')")
      #expect(Set(words).count == words.count, "\(words)")
    }

    private func state(_ bench: LoopBench) throws -> String? {
      let listing = try bench.finished(["runs", "--json"]).output
      let object = try JSONSerialization.jsonObject(with: Data(listing.utf8)) as? [String: Any]
      return (object?["runs"] as? [[String: Any]])?.first { $0["run"] as? String == "run" }?[
        "state"]
        as? String
    }

    @Test("stopped by a person in a step and again in the next, a run does what it was asked, once")
    func stopped() throws {
      let bench = try LoopBench()
      let first = try bench.run(try bench.protocolFile(Self.steps))
      try wait(bench, first, step: 2, scans: 200)
      #expect(try state(bench) == "running")
      first.send(SIGINT)
      #expect(first.end() == 130, "\(first.error)")
      #expect(try state(bench) == "stopped")
      #expect(bench.latch == nil)

      let second = try resume(bench)
      try wait(bench, second, step: 3, scans: 200)
      second.send(SIGINT)
      #expect(second.end() == 130, "\(second.error)")
      #expect(second.output.contains("every decision as on record; on in phase 1 of 1"))

      let third = try resume(bench)
      try wait(bench, third, step: 4, scans: 60)
      third.send(SIGINT)
      #expect(third.end() == 130, "\(third.error)")

      let last = try resume(bench)
      #expect(last.end() == 0, "\(last.error)")
      #expect(try state(bench) == "done")
      try checkJournal(bench, sittings: 4, statuses: ["130", "130", "130", "0"])
      #expect(try begun(bench) == Self.steps)

      // As asked: 900 s at C/2; 0.4 Ah as the shunt reads it, to one control period at C/3. A clock that ran on
      // by itself for a moment makes a period longer than a second.
      let discharge = try moved(bench, step: 2)
      #expect(discharge.time > 899.9 && discharge.time < 902, "\(discharge)")
      #expect(abs(discharge.charge + 2.5 * 900) < 0.01 * 2.5 * 900, "\(discharge)")
      let charge = try moved(bench, step: 3)
      #expect(charge.charge >= 1440 && charge.charge < 1440 + 4, "\(charge)")
      // A hold that begins anew at no current is not over at once.
      let hold = try moved(bench, step: 4)
      #expect(hold.time > 399.9 && hold.time < 402 && hold.charge > 40, "\(hold)")

      // What reads journals reads this one.
      #expect(try bench.finished(["report", "run"]).end() == 0)
      #expect(try bench.finished(["export", "run", "--to", bench.folder.path + "/out"]).end() == 0)
      #expect(try bench.finished(["watch", "run"]).output.contains("ended, exit 0"))
      let done = try resume(bench)
      #expect(done.end() == 2)
      #expect(done.error.contains("run run is done: nothing to resume"))
      #expect(done.error.split(separator: "\n").count == 1)
    }

    @Test(
      "a controller killed at random scans, and guard and controller at once: the same steps, the same end",
      arguments: [3])
    func killed(seed: UInt64) throws {
      let campaign = DeterminismTests.campaign
      let steps = ["Rest for 60 s", "Discharge at C/2 for 600 s or until 2.5 V", "Rest for 120 s"]
      func end(_ kills: Int) throws -> (steps: [String], charge: Double, truth: Double) {
        let bench = try LoopBench(seed: 11)
        _ = try bench.protocolFile(steps, name: "first")
        var run = try bench.run(try bench.write(campaign, to: "campaign.toml"))
        var random = SeededDraw(state: seed)
        for number in 0..<kills {
          // In the discharge twice, then in the charge.
          let step = number < 2 ? 2 : 4
          try wait(
            bench, run, step: step, scans: (number < 2 ? 100 + 200 * number : 10) + random.below(80)
          )
          let controller = try #require(run.child, "\(run.error)")
          if number == 1 {
            run.send(SIGKILL)
            kill(controller, SIGKILL)
            #expect(run.end() == -9)
            try #require(Patience.until { hasEnded(controller) })
          } else {
            kill(controller, SIGKILL)
            #expect(run.end() == 3, "\(run.error)")
          }
          #expect(try state(bench) == "crashed")
          let refused = try resume(bench)
          #expect(refused.end() == 2)
          #expect(refused.error.hasPrefix("lockstep: bench demo is latched since "))
          try #require(
            Patience.until { bench.latestTruth.rows.last?.contactorClosed == false })
          try acknowledge(bench)
          run = try resume(bench)
        }
        #expect(run.end() == 0, "\(run.error)")
        try checkJournal(bench, sittings: kills + 1, statuses: ["0"])
        let begun = try begun(bench)
        let charge = try moved(bench, step: 2).charge
        return (begun, charge, try bench.trueStateOfCharge())
      }
      let plain = try end(0)
      let killed = try end(3)
      #expect(killed.steps == plain.steps && plain.steps.count == 4)
      // A death costs what had not been committed: some tens of scans at 2.5 A, twice.
      #expect(abs(killed.charge - plain.charge) < 0.01 * abs(plain.charge), "\(killed), \(plain)")
      // The charge ends at 62 % by the twin's belief in both.
      #expect(abs(killed.truth - plain.truth) < 0.01, "\(killed), \(plain)")
    }

    @Test("after a trip that a person acknowledged a run goes on to its end")
    func tripped() throws {
      // A meter's lead is off for some seconds.
      let bench = try LoopBench(
        faults: """
          [[fault]]
          kind = "offset"
          reading = "meter.cell_voltage"
          by = "1 V"
          from = "200 s"
          to = "203 s"

          """)
      let steps = ["Rest for 30 s", "Discharge at C/2 for 400 s or until 2.5 V", "Rest for 10 s"]
      let run = try bench.run(try bench.protocolFile(steps))
      #expect(run.end() == 1, "\(run.error)")
      #expect(bench.latch == "demo.latch")
      #expect(try state(bench) == "stopped")
      #expect(try resume(bench).end() == 2)
      try acknowledge(bench)
      let resumed = try resume(bench)
      #expect(resumed.end() == 0, "\(resumed.error)")
      try checkJournal(bench, sittings: 2, statuses: ["1", "0"])
      #expect(try begun(bench) == steps)
      // What flowed in the period that the trip ended is nobody's.
      let discharge = try moved(bench, step: 2)
      #expect(discharge.time > 399.9 && discharge.time < 402, "\(discharge)")
    }

    @Test(
      "a last group that the disk cut off within a scan is completed, and nothing is told twice")
    func torn() throws {
      let bench = try LoopBench()
      let run = try bench.run(
        try bench.protocolFile(["Rest for 30 s", "Rest for 100 s", "Rest for 10 s"]))
      try wait(bench, run, step: 2, scans: 30)
      run.send(SIGINT)
      #expect(run.end() == 130, "\(run.error)")
      // As if the disk had got no further than the end of step 1: its scan lacks the next step's beginning and the
      // estimate.
      let (scan, time) = try cut(bench, before: "event = 'step.started' AND message LIKE '2: %'")
      let sql = try bench.journal()
      let resumed = try resume(bench)
      #expect(resumed.end() == 0, "\(resumed.error)")
      try checkJournal(bench, sittings: 2, statuses: ["0"])
      #expect(
        try sql.rows("SELECT test_time_second FROM events WHERE message LIKE '2: Rest%'")
          == [[time]])
      #expect(try sql.rows("SELECT count(*) FROM estimates WHERE scan = \(scan)") == [["1"]])
      #expect(abs(try moved(bench, step: 2).time - 100) < 2)
    }

    /// Takes from the journal what was written from an event on, and the rest of its scan. That scan and its time.
    private func cut(_ bench: LoopBench, before condition: String) throws -> (
      scan: String, time: String
    ) {
      let sql = try bench.journal()
      let found = try sql.rows(
        """
        SELECT scan, test_time_second, events.id FROM events JOIN samples USING (test_time_second)
        WHERE \(condition)
        """)
      let (scan, time, event) = (try #require(found[0][0]), found[0][1] ?? "", found[0][2] ?? "")
      for (table, rows) in [
        ("samples", "scan > \(scan)"), ("estimates", "scan >= \(scan)"),
        ("decisions", "scan >= \(scan)"), ("commands", "scan >= \(scan)"),
        ("timing", "scan >= \(scan)"), ("events", "id >= \(event)"), ("ended", "1"),
        ("charges", "test_time_second >= \(time)"),
      ] {
        try sql.rows("DROP TRIGGER \(table)_no_delete")
        try sql.rows("DELETE FROM \(table) WHERE \(rows)")
      }
      #expect(try state(bench) == "crashed")
      return (scan, time)
    }

    @Test("a promise that the disk cut off with its scan is on record once")
    func tornPromise() throws {
      let bench = try LoopBench(seed: 11)
      _ = try bench.protocolFile(["Rest for 60 s"], name: "first")
      let run = try bench.run(try bench.write(DeterminismTests.campaign, to: "campaign.toml"))
      try wait(bench, run, step: 2, scans: 5)
      run.send(SIGINT)
      #expect(run.end() == 130, "\(run.error)")
      let promised = try bench.journal().rows(
        "SELECT test_time_second, policy, duration_second FROM charges WHERE stage = 'promised'")
      let (_, time) = try cut(bench, before: "event = 'charge.promised'")
      #expect(try bench.journal().rows("SELECT count(*) FROM charges") == [["0"]])
      let resumed = try resume(bench)
      #expect(resumed.end() == 0, "\(resumed.error)")
      try checkJournal(bench, sittings: 2, statuses: ["0"])
      let after = try bench.journal()
      #expect(
        try after.rows(
          "SELECT test_time_second, policy, duration_second FROM charges WHERE stage = 'promised'")
          == promised && promised.count == 1 && promised[0][0] == time)
      #expect(
        try after.rows("SELECT count(*) FROM events WHERE event = 'charge.promised'") == [["1"]])
      #expect(try after.rows("SELECT count(*) FROM charges WHERE stage = 'happened'") == [["1"]])
    }

    @Test("what cannot go on is refused in one line")
    func refusals() throws {
      let bench = try LoopBench()
      func refused(_ words: [String], _ said: String) throws {
        let program = try bench.finished(words)
        #expect(program.end() == 2 && program.error.contains(said), "\(program.error)")
        #expect(program.error.split(separator: "\n").count == 1)
      }
      let words = ["resume", "run"] + bench.portWords()
      try refused(words, "run: no run of that name")
      let job = try bench.protocolFile(["Rest for 2 hours"])
      let run = try bench.run(job)
      try wait(bench, run, step: 1, scans: 30)
      try refused(words, "run run is on, or its guard still watches the bench: stop it first")
      run.send(SIGTERM)
      #expect(run.end() == 130)
      try refused(words + ["--pace", "real"], "--pace real: run run is paced stepped")
      try refused(["resume", "run"], "--port")

      let text = try String(contentsOfFile: job, encoding: .utf8)
      _ = try bench.protocolFile(["Rest for 3 hours"])
      try refused(words, "\(job): not as it was when run run began")
      try text.write(toFile: job, atomically: true, encoding: .utf8)
      let benchText = try String(contentsOfFile: bench.benchPath, encoding: .utf8)
      try (benchText + "\n# looked at\n").write(
        toFile: bench.benchPath, atomically: true, encoding: .utf8)
      try refused(words, "\(bench.benchPath): not as it was when run run began")
      try benchText.write(toFile: bench.benchPath, atomically: true, encoding: .utf8)

      // Records that another version might have left: a step that the replay does not come to.
      let sql = try bench.journal()
      let before = try sql.rows("SELECT count(*) FROM sittings")
      try sql.rows("DROP TRIGGER decisions_no_update")
      try sql.rows("UPDATE decisions SET step = 9 WHERE id > (SELECT max(id) - 5 FROM decisions)")
      let other = try bench.finished(words)
      #expect(other.end() == 2, "\(other.error)")
      #expect(other.ownErrors.last?.contains("run run cannot go on: scan ") == true)
      #expect(try sql.rows("SELECT count(*) FROM sittings") == before)
      try sql.rows("UPDATE decisions SET step = 1 WHERE step = 9")
      // Nothing of all this has latched or hurt the bench.
      #expect(bench.latch == nil)
      let last = try bench.lockstep(words)
      try wait(bench, last, step: 1, scans: 60)
      last.send(SIGINT)
      #expect(last.end() == 130, "\(last.error)")
    }
  }

  /// Draws from a seed.
  struct SeededDraw {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }
}

extension LoopBench {
  /// The cell's true state of charge at the end; ends the rig.
  func trueStateOfCharge() throws -> Double {
    rig.send(SIGTERM)
    #expect(rig.end() == 130, "\(rig.error)")
    let lines = try String(contentsOfFile: folder.path + "/truth.twin.csv", encoding: .utf8)
      .split(separator: "\n")
    let place = try #require(lines[0].split(separator: ",").firstIndex(of: "state_of_charge"))
    let fields = try #require(lines.last).split(separator: ",", omittingEmptySubsequences: false)
    return try #require(Double(fields[place]))
  }
}
