import Foundation
import Glibc
import JournalTestKit
import Testing

extension LoopTests {
  /// The demo's bench with two relays in turn, which ignore re-arming while they are closed.
  @Suite("Two relays in turn, real processes", .serialized)
  struct RelayPairTests {
    private static let hold = 5.0

    private func bench(_ edit: (String) -> String = { $0 }) throws -> LoopBench {
      try LoopBench(
        faults: "[[fault]]\nkind = \"relay_ignores_rearming\"\n",
        plant: {
          $0.replacing("\"dfn\"", with: "\"spme\"").replacing("\"standard\"", with: "\"coarse\"")
        },
        bench: {
          edit($0).replacing("waveshare-relay", with: "waveshare-relay-pair")
            .replacing("hold = \"2.5 s\"", with: "hold = \"\(Int(Self.hold)) s\"")
        })
    }

    /// The blow falls at any place in the relays' turns.
    @Test(
      "SAF-014 SAF-001 with controller and guard dead the contactor opens by itself, a hold and its release later at most",
      arguments: [
        Blow.killBoth, .stopBoth,
      ], [40.0, 41, 42, 43])
    func nobodyLeft(blow: Blow, pace: Double) throws {
      let bench = try bench()
      let run = try bench.run(
        try bench.protocolFile(["Rest for 10 s", "Charge at C/4 for 2 hours"]))
      try #require(
        Patience.until {
          bench.latestTruth.rows.last.map { $0.current > 1 && $0.pace > pace } == true
            || run.hasEnded
        })
      let controller = try #require(run.child, "\(run.error)")
      let struck = Patience.unixTime
      // Both are stopped first, so that neither sees the other's death, and acts, before its own.
      for target in [controller, run.process] { kill(target, SIGSTOP) }
      for target in [controller, run.process] { kill(target, blow.signal) }
      _ = Patience.until { bench.latestTruth.rows.last?.contactorClosed == false }
      for target in [run.process, controller] where blow == .stopBoth { kill(target, SIGKILL) }
      #expect(run.end() == blow.status, "\(run.error)")
      let truth = try bench.endedTruth()
      let open = try #require(truth.lasting { !$0.contactorClosed }, "\(run.error)")
      // The clock of the rig stands 0.2 s before it runs on by itself.
      #expect(open - struck < Blow.freeRun + Self.hold + Blow.release + Blow.machine)
      // Current flowed until the relays, and nobody else, ended it.
      let quiet = try #require(truth.lasting(\.isQuiet))
      #expect(quiet >= open)
      #expect(try #require(truth.rows.last).isQuiet)
    }

    @Test("SAF-001 SAF-014 a trip opens both at once, whatever is left of their times")
    func trip() throws {
      let bench = try bench(LoopBench.ownLimits)
      // At 5 A the voltage jumps past this cell's limit within one scan.
      try bench.writeLimits(voltage: "3.9 V")
      let run = try bench.run(try bench.protocolFile(["Rest for 20 s", "Charge at 1C for 1 hour"]))
      #expect(run.end() == 1, "\(run.error)")
      #expect(run.ownErrors.last?.contains("trip: ") == true, "\(run.error)")
      #expect(bench.latch == "demo.latch")
      _ = Patience.until { bench.latestTruth.rows.last?.contactorClosed == false }
      let rows = try bench.endedTruth().rows
      let stopped = try #require(rows.lastIndex { !$0.isQuiet })
      let opened = try #require(rows.lastIndex { $0.contactorClosed }) + 1
      // Three scans to see the current gone; left alone they would have held for two and a half at least.
      #expect(opened > stopped && opened < rows.count)
      #expect(rows[opened].pace - rows[stopped].pace < Self.hold / 2 + 1.5)
      #expect(try #require(rows.last).pace > rows[opened].pace || opened == rows.count - 1)
    }

    @Test("SAF-014 relays whose time does start anew are held by a pair as well")
    func restarting() throws {
      let bench = try LoopBench(
        plant: { $0.replacing("[contactor]", with: "[contactor]\nretrigger = \"restarts\"") },
        bench: {
          $0.replacing("waveshare-relay", with: "waveshare-relay-pair")
            .replacing("hold = \"2.5 s\"", with: "hold = \"5 s\"")
        })
      let run = try bench.run(try bench.protocolFile(["Rest for 10 s", "Charge at C/4 for 60 s"]))
      #expect(run.end() == 0, "\(run.error)")
      #expect(try #require(try bench.endedTruth().rows.last).contactorClosed == false)
    }

    @Test(
      "SAF-001 SAF-014 prove measures that a pair can be held, strikes every blow and sees each current end in time"
    )
    func proves() throws {
      let bench = try bench()
      let program = try bench.lockstep(
        ["prove", bench.benchPath, "--by", "A Person", "--pace", "stepped", "--json"]
          + bench.portWords())
      #expect(Patience.until(300_000) { program.hasEnded })
      #expect(program.end() == 0, "\(program.error) \(program.output)")
      let record = try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
      #expect(record["rearming"] as? String == "restarts")
      let measured = try #require(record["hold_second"] as? Double)
      #expect(abs(measured - Self.hold) < 1)
      let blows = try #require(record["blows"] as? [[String: Any]])
      #expect(
        Set(blows.compactMap { $0["blow"] as? String }).isSuperset(of: [
          "kill -9 controller", "kill -STOP controller", "kill -9 guard",
          "kill -9 guard and controller", "line of contactor silent",
        ]))
      for blow in blows {
        let seconds = try #require(blow["seconds"] as? Double, "\(blow)")
        #expect(seconds <= (blow["bound_second"] as? Double ?? 0), "\(blow)")
      }
      // Nobody left: the relays alone, within a hold after the last closing and not at once.
      let both = blows.filter { $0["blow"] as? String == "kill -9 guard and controller" }
      #expect(both.count == 2)
      #expect(both.allSatisfy { ($0["seconds"] as? Double ?? 0) > 1.5 }, "\(both)")
      let last = try #require(try bench.endedTruth().rows.last)
      #expect(last.isQuiet && !last.contactorClosed && !last.supplyOn && !last.loadOn)
    }

    @Test(
      "SAF-014 a hold too short for the scan is refused by check and run in one line, and nothing is opened",
      arguments: ["check", "run"])
    func tooShort(command: String) throws {
      let bench = try bench { $0.replacing("hold = \"2.5 s\"", with: "hold = \"4 s\"") }
      let watch = try OpenWatch(try #require(bench.ports["contactor"]))
      let job = try bench.protocolFile(["Rest for 5 s"])
      let program =
        command == "run"
        ? try bench.run(job) : try bench.finished(["check", bench.benchPath, job])
      #expect(program.end() == 2)
      #expect(program.ownErrors.count == 1)
      #expect(
        program.ownErrors.last?.contains(
          "instrument.contactor.hold: 4.0 s: two relays in turn (") == true, "\(program.error)")
      #expect(program.ownErrors.last?.hasSuffix("5 scans of 1.0 s and 1.25 s") == true)
      #expect(watch.opened == 0)
    }
  }
}
