import Foundation
import Glibc
import Testing

extension LoopTests {
  /// Benches that are not the demo's: other frames, other wirings, the same promises.
  @Suite("Other benches", .serialized)
  struct OtherBenchesTests {
    enum Kind: String, CaseIterable {
      case psb = "EA PSB 10000, supply and load in one"
      case kunkin = "KP184 as load, 34401A as voltmeter"
      case relayPair = "two relays in turn that ignore re-arming"

      func bench() throws -> LoopBench {
        try LoopBench(faults: faults, plant: plant, bench: bench)
      }

      private var faults: String? {
        self == .relayPair ? "[[fault]]\nkind = \"relay_ignores_rearming\"\n" : nil
      }

      private func bench(_ text: String) -> String {
        switch self {
        case .psb:
          text.replacing("kind = \"two-relays\"", with: "kind = \"bidirectional\"")
            .replacing("[instrument.psu]", with: "[instrument.psb]")
            .replacing("riden-rd6006", with: "ea-psb10000")
            .replacing("role = \"source\"", with: "role = \"bidirectional\"")
            .replacing(#/\[instrument\.load\][^\[]*/#, with: "")
        case .kunkin:
          text.replacing("maynuo-m97", with: "kunkin-kp184")
            .replacing("meter.cell_voltage", with: "dmm.voltage")
            // A reading integrates for 0.4 s of pace, so that a scan takes more than its second.
            .replacing("hold = \"2.5 s\"", with: "hold = \"5 s\"")
            .replacing(
              "[reading]",
              with: """
                [instrument.dmm]
                profile = "agilent-34401a"
                port = "rig"
                role = "meter"

                [reading]
                """)
        case .relayPair:
          text.replacing("waveshare-relay", with: "waveshare-relay-pair")
            // Five scans at least.
            .replacing("hold = \"2.5 s\"", with: "hold = \"5 s\"")
        }
      }

      private func plant(_ text: String) -> String {
        let lean = text.replacing("\"dfn\"", with: "\"spme\"")
          .replacing("\"standard\"", with: "\"coarse\"").replacing("\"200 ms\"", with: "\"1 s\"")
        return switch self {
        case .psb:
          lean.replacing(#/\[sensor\.(psu|load)\.[^\[]*/#, with: "")
            .replacing("tcp = [\"psu\"]", with: "")
        case .kunkin:
          lean.replacing("[sensor.meter.cell_voltage]", with: "[sensor.dmm.voltage]")
        case .relayPair: lean
        }
      }
    }

    @Test("SAF-007 a protocol charges and discharges, nothing else flows", arguments: Kind.allCases)
    func cycles(kind: Kind) throws {
      let bench = try kind.bench()
      let run = try bench.run(
        try bench.protocolFile([
          "Rest for 10 s", "Charge at C/4 for 60 s", "Rest for 10 s", "Discharge at C/4 for 60 s",
          "Rest for 10 s",
        ]))
      #expect(run.end() == 0, "\(run.error)")
      let rows = try bench.endedTruth().rows
      // Not for an instant between the first and the last of it: a drop writes a row of its own.
      let flowing = rows.indices.filter { abs(rows[$0].current) > 1 }
      let first = try #require(flowing.first), last = try #require(flowing.last)
      #expect(rows[first...last].allSatisfy { $0.contactorClosed })
      // C/4 of 5 Ah, within what a supply's own meter is off.
      #expect(rows.count { abs($0.current - 1.25) < 0.01 } > 50)
      #expect(rows.count { abs($0.current + 1.25) < 0.01 } > 50)
      #expect(
        rows.allSatisfy {
          $0.isQuiet || abs(abs($0.current) - 1.25) < 0.01 || abs($0.current + 0.15) < 0.01
        })
      #expect(
        rows.last { _ in true }.map { !$0.contactorClosed && !$0.supplyOn && !$0.loadOn } == true)
    }

    @Test(
      "SAF-001 a controller that dies leaves a guard that speaks these frames as well",
      arguments: Kind.allCases, ["Charge", "Discharge"])
    func death(kind: Kind, way: String) throws {
      let bench = try kind.bench()
      let run = try bench.run(
        try bench.protocolFile(["Rest for 10 s", "\(way) at C/4 for 2 hours"]))
      try #require(
        Patience.until {
          bench.latestTruth.rows.last.map { abs($0.current) > 1 && $0.pace > 60 } == true
            || run.hasEnded
        })
      let struck = Patience.unixTime
      kill(try #require(run.child), SIGKILL)
      #expect(run.end() == 3, "\(run.error)")
      #expect(bench.latch == "demo.latch")
      // The rig's clock runs on by itself 0.2 s after its last tick; only then is there a next row.
      _ = Patience.until {
        bench.latestTruth.rows.last.map { !$0.supplyOn && !$0.loadOn && !$0.contactorClosed }
          == true
      }
      let truth = try bench.endedTruth()
      let quiet = try #require(truth.lasting(\.isQuiet), "\(run.error)")
      // The contactor is told first; then the device's own frames, gaps and replies.
      #expect(quiet - struck < 2)
      let off = try #require(truth.lasting { !$0.supplyOn && !$0.loadOn }, "\(run.error)")
      #expect(off - struck < 3)
    }
  }
}
