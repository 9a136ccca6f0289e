import Foundation
import Glibc
import JournalTestKit
import Testing

extension LoopTests {
  /// A bench with a horn or a lamp on its relay board.
  @Suite("Alarm", .serialized)
  struct AlarmTests {
    /// Why the bench is in distress.
    enum Cause: String, CaseIterable {
      case trip, controllerDies, guardDies

      var status: Int32 { self == .trip ? 1 : self == .controllerDies ? 3 : -SIGKILL }
      var latch: String { self == .guardDies ? "demo.running" : "demo.latch" }
      /// Half a minute into the charge the thermometers vanish.
      var faults: String? {
        self == .trip
          ? "[[fault]]\nkind = \"port_gone\"\ndevice = \"thermo\"\nfrom = \"30 s\"\n" : nil
      }
    }

    /// - Parameter coil: the alarm's; the board has 0 to 7.
    private func bench(_ faults: String?, coil: Int = 1) throws -> LoopBench {
      let bench = try LoopBench(
        faults: faults,
        plant: {
          $0.replacing("\"dfn\"", with: "\"spme\"").replacing("\"standard\"", with: "\"coarse\"")
            .replacing("\"200 ms\"", with: "\"1 s\"")
        },
        bench: {
          $0.replacing("\"two-relays\"", with: "\"two-relays\"\nalarm = \"contactor\"")
            .replacing("\"waveshare-relay\"", with: "\"./waveshare-relay.toml\"")
        })
      let text = try LoopBench.shipped("instruments/waveshare-relay.toml")
      try #require(text.contains("address = 0x0001"))
      _ = try bench.write(
        text.replacing("address = 0x0001", with: "address = \(coil)"), to: "waveshare-relay.toml")
      return bench
    }

    /// A run that ends in distress while it charges; what it says.
    private func distress(_ cause: Cause, on bench: LoopBench) throws -> String {
      let run = try bench.run(try bench.protocolFile(["Charge at C/3 until 4.2 V"]))
      if cause != .trip {
        let isReached = Patience.until {
          BenchPhase.charge.isReached(bench.latestTruth) || run.hasEnded
        }
        try #require(isReached && !run.hasEnded, "\(run.error)")
        let controller = try #require(run.child)
        kill(cause == .controllerDies ? controller : run.process, SIGKILL)
        #expect(run.end() == cause.status, "\(run.error)")
        #expect(Patience.until { hasEnded(controller) })
      } else {
        #expect(run.end() == cause.status, "\(run.error)")
      }
      #expect(bench.latch == cause.latch)
      return run.error
    }

    private func acknowledge(_ bench: LoopBench, _ ports: [String: String] = [:]) throws -> Program
    {
      try bench.finished(
        ["acknowledge", bench.benchPath, "--by", "A Person", "--note", "looked", "--cell-removed"]
          + bench.portWords(ports))
    }

    @Test(
      "SAF-013: the alarm comes on with a trip or a death, behind what makes safe, and stays on",
      arguments: Cause.allCases)
    func alarm(cause: Cause) throws {
      let bench = try bench(cause.faults)
      let said = try distress(cause, on: bench)
      #expect(Patience.until { bench.latestTruth.rows.last?.alarmOn == true }, "\(said)")
      // A person ends it, not the run.
      let blind = try acknowledge(bench, ["contactor": ""])
      #expect(blind.end() == 0, "\(blind.error)")
      #expect(blind.output.contains("the alarm stays on, end it by hand: no --port contactor=PATH"))
      let truth = try bench.endedTruth()
      let first = try #require(truth.rows.first { $0.alarmOn })
      #expect(first.isQuiet && !first.supplyOn && !first.loadOn, "\(truth.testDescription)")
      #expect(truth.rows.last?.alarmOn == true)
      guard cause != .controllerDies else { return }
      let events = try bench.journal().rows(
        "SELECT event FROM events WHERE event IN ('run.made_safe', 'alarm.on') ORDER BY id")
      #expect(events == [["run.made_safe"], ["alarm.on"]])
    }

    @Test("SAF-006 SAF-013: who acknowledges ends the alarm, and nothing else on the board")
    func acknowledged() throws {
      let bench = try bench(Cause.trip.faults)
      _ = try distress(.trip, on: bench)
      try #require(Patience.until { bench.latestTruth.rows.last?.alarmOn == true })
      let program = try acknowledge(bench)
      #expect(program.end() == 0, "\(program.error)")
      #expect(!program.output.contains("the alarm stays on"))
      #expect(Patience.until { bench.latestTruth.rows.last?.alarmOn == false })
      let truth = try bench.endedTruth()
      #expect(truth.lasting { !$0.contactorClosed && $0.isQuiet } != nil)
    }

    @Test(
      "SAF-001 SAF-013: an alarm that does not come on changes nothing of how a bench is made safe",
      arguments: Cause.allCases)
    func broken(cause: Cause) throws {
      let bench = try bench(cause.faults, coil: 9)
      let said = try distress(cause, on: bench)
      #expect(Patience.until { bench.latestTruth.rows.last?.contactorClosed == false }, "\(said)")
      if cause == .controllerDies { #expect(said.contains("is safe and latched"), "\(said)") }
      #expect(!said.contains("NOT SAFE"), "\(said)")
      let truth = try bench.endedTruth()
      #expect(truth.lasting { $0.isQuiet && !$0.supplyOn && !$0.loadOn } != nil)
      #expect(!truth.rows.contains { $0.alarmOn })
      guard cause != .controllerDies else { return }
      let events = try bench.journal().rows(
        "SELECT severity FROM events WHERE event = 'alarm.failed'")
      #expect(events == [["warning"]])
    }

    @Test("an orderly end leaves the alarm off")
    func orderly() throws {
      let bench = try bench(nil)
      let run = try bench.run(
        try bench.protocolFile(["Rest for 10 s", "Charge at C/3 for 30 s", "Rest for 10 s"]))
      #expect(run.end() == 0, "\(run.error)")
      let truth = try bench.endedTruth()
      #expect(!truth.rows.contains { $0.alarmOn })
    }
  }
}
