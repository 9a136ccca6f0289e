import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// What stands between a latched bench and its next run.
  @Suite("Acknowledging", .serialized)
  struct AcknowledgeTests {
    /// A bench that is latched because guard and controller are gone.
    private func latched(ambient: Int = 25, stateOfCharge: Int = 60) throws -> LoopBench {
      let bench = try LoopBench(stateOfCharge: stateOfCharge, ambient: ambient)
      let run = try bench.run(try bench.protocolFile(["Rest for 5 hours"]))
      try #require(
        Patience.until { (bench.latestTruth.rows.last?.pace ?? 0) > 20 || run.hasEnded })
      let controller = try #require(run.child, "\(run.error)")
      run.send(SIGKILL)
      _ = run.end()
      // It holds the bench's lock until it has made safe and is gone.
      try #require(Patience.until { hasEnded(controller) })
      try #require(Patience.until { bench.latestTruth.rows.last?.contactorClosed == false })
      try #require(bench.latch != nil)
      return bench
    }

    private func acknowledge(_ bench: LoopBench, _ words: [String]) throws -> Program {
      try bench.finished(
        ["acknowledge", bench.benchPath, "--by", "A Person", "--note", "looked", "--watch", "5"]
          + words)
    }

    private func history(_ bench: LoopBench) throws -> String {
      try String(
        contentsOfFile: "\(bench.folder.path)/state/lockstep/latches/demo.history",
        encoding: .utf8)
    }

    @Test("SAF-006: a bench whose cell cannot be looked at stays latched, unless the cell is gone")
    func blind() throws {
      let bench = try latched()
      let refused = try acknowledge(bench, [])
      #expect(refused.end() == 2)
      #expect(
        refused.ownErrors.first?.contains("stays latched: the cell cannot be looked at") == true)
      #expect(bench.latch != nil)
      let removed = try acknowledge(bench, ["--cell-removed"])
      #expect(removed.end() == 0, "\(removed.error)")
      #expect(bench.latch == nil)
      #expect(try history(bench).contains("cell removed from the bench"))
    }

    @Test("SAF-006: a cell that is seen well is acknowledged, and what was seen is in the history")
    func well() throws {
      let bench = try latched()
      let program = try acknowledge(bench, bench.portWords())
      #expect(program.end() == 0, "\(program.error)")
      #expect(bench.latch == nil)
      #expect(
        try history(bench).contains(#/note: looked \[seen: 3\.\d+ V, 2\d\.\d+ degC, .+ K\/min\]/#))
    }

    @Test("SAF-013: a hot cell is not acknowledged")
    func hot() throws {
      // 48 degC is above the highest charge temperature, 45, and below every trip.
      let bench = try latched(ambient: 48)
      let program = try acknowledge(bench, bench.portWords())
      #expect(program.end() == 2)
      #expect(
        program.ownErrors.first?.contains("stays latched: the cell is hot") == true,
        "\(program.error)")
      #expect(bench.latch != nil)
    }

    @Test("SAF-006: while the voltage is outside its limits the bench stays latched")
    func voltage() throws {
      let bench = try latched()
      // The bench's owner has since learned that this cell must not go above 3.5 V.
      let limits = try LoopBench.shipped("cells/lg-m50.limits.toml").replacingOccurrences(
        of: "operate = [\"2.5 V\", \"4.2 V\"]", with: "operate = [\"2.5 V\", \"3.5 V\"]")
      _ = try bench.write(limits, to: "tight.limits.toml")
      let text = try LoopBench.shipped("benches/demo.toml").replacingOccurrences(
        of: "limits = \"lg-m50\"", with: "limits = \"./tight.limits.toml\"")
      _ = try bench.write(text, to: "demo.toml")
      let program = try acknowledge(bench, bench.portWords())
      #expect(program.end() == 2)
      #expect(
        program.ownErrors.first?.contains("stays latched: cell voltage 3.") == true,
        "\(program.error)")
      #expect(bench.latch != nil)
    }
  }
}
