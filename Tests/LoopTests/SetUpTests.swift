import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `commission`, `prove` and what `run` makes of them, on the real rig process.
  @Suite("Setting a bench up", .serialized)
  struct SetUpTests {
    private func commission(_ bench: LoopBench, _ words: [String] = []) throws -> Program {
      try bench.finished(
        ["commission", bench.benchPath, "--by", "A Person", "--pace", "stepped"]
          + bench.portWords() + words)
    }

    private func record(_ bench: LoopBench, _ name: String = "demo.json") throws -> [String: Any] {
      let path = "\(bench.folder.path)/state/lockstep/commissioned/\(name)"
      let data = try #require(FileManager.default.contents(atPath: path), "no \(path)")
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test(
      "SAF-015 SAF-016: a rightly wired bench is commissioned at small current, and what is skipped is said"
    )
    func commissions() throws {
      let bench = try LoopBench()
      let program = try commission(bench)
      #expect(program.end() == 0, "\(program.error)")
      #expect(program.error.contains("SKIPPED: E-stop not pressed"))
      #expect(program.error.contains("SKIPPED: fire response not confirmed"))
      #expect(program.output.contains("commissioned by A Person for rig ports"))
      let record = try record(bench)
      #expect(record["scope"] as? String == "rig")
      #expect(record["emergency_stop"] as? String == "skipped")
      let findings = try #require(record["findings"] as? [[String: Any]])
      #expect(findings.count > 30)
      let hashes = try #require((record["hashes"] as? [String: Any])?["files"] as? [String: String])
      #expect(Set(hashes.keys).isSuperset(of: ["bench", "limits", "cell", "instrument psu"]))
      let truth = try bench.endedTruth()
      #expect(
        truth.rows.contains { $0.current > 0.05 } && truth.rows.contains { $0.current < -0.05 })
      #expect(truth.rows.allSatisfy { abs($0.current) < 0.2 }, "small current only")
      let last = try #require(truth.rows.last)
      #expect(last.isQuiet && !last.contactorClosed && !last.supplyOn && !last.loadOn)
      #expect(bench.latch == nil)
    }

    @Test("SAF-017: another chemistry than the limits file's is refused before anything is opened")
    func chemistry() throws {
      let bench = try LoopBench()
      let program = try commission(bench, ["--chemistry", "LFP/graphite"])
      #expect(program.end() == 2)
      #expect(program.error.contains("limits of another chemistry must not be used"))
      let right = try commission(bench, ["--chemistry", "nmc811/graphite-siox"])
      #expect(right.end() == 0, "\(right.error)")
      #expect(try record(bench)["chemistry"] as? String == "nmc811/graphite-siox")
    }

    @Test(
      "SAF-017: a cell outside its limits' window fails before anything closes; nothing is kept")
    func wrongCell() throws {
      let bench = try LoopBench(
        bench: {
          $0.replacingOccurrences(
            of: "limits = \"lg-m50\"", with: "limits = \"./other.limits.toml\"")
        })
      // What a 3.6 V cell may suffer; the one on the bench rests at 3.8 V.
      let limits = try LoopBench.shipped("cells/lg-m50.limits.toml").replacingOccurrences(
        of: "operate = [\"2.5 V\", \"4.2 V\"]", with: "operate = [\"2.5 V\", \"3.6 V\"]")
      _ = try bench.write(limits, to: "other.limits.toml")
      let program = try commission(bench)
      #expect(program.end() == 1)
      #expect(
        program.ownErrors.last?.contains("at rest, contactor open: cell voltage at rest: 3.")
          == true,
        "\(program.ownErrors)")
      #expect(
        !FileManager.default.fileExists(
          atPath: "\(bench.folder.path)/state/lockstep/commissioned/demo.json"))
      let truth = try bench.endedTruth()
      #expect(truth.rows.allSatisfy { $0.isQuiet && !$0.contactorClosed })
    }

    @Test(
      "SAF-001: prove strikes every blow, sees each current end in time, and every run's journal keeps the figure"
    )
    func proves() throws {
      // A bench's own watch after a trip is none of a proof's.
      let bench = try LoopBench(bench: {
        $0.replacing("trip_watch = \"0 s\"", with: "trip_watch = \"1 h\"")
      })
      let program = try bench.lockstep(
        ["prove", bench.benchPath, "--by", "A Person", "--pace", "stepped", "--json"]
          + bench.portWords())
      #expect(Patience.until(300_000) { program.hasEnded })
      #expect(program.end() == 0, "\(program.error) \(program.output)")
      let record = try record(bench, "demo.proof.json")
      #expect(record["rearming"] as? String == "restarts")
      let blows = try #require(record["blows"] as? [[String: Any]])
      let kinds = Set(blows.compactMap { $0["blow"] as? String })
      #expect(
        kinds.isSuperset(of: [
          "kill -9 controller", "kill -STOP controller", "kill -9 guard",
          "kill -9 guard and controller", "line of contactor silent", "line of meter silent",
        ]))
      for blow in blows {
        let seconds = try #require(blow["seconds"] as? Double, "\(blow)")
        #expect(seconds >= 0 && seconds <= (blow["bound_second"] as? Double ?? 0), "\(blow)")
      }
      // Nobody left: the relay alone opened, after its hold and not before.
      let both = blows.filter { $0["blow"] as? String == "kill -9 guard and controller" }
      #expect(both.count == 2)
      #expect(both.allSatisfy { ($0["seconds"] as? Double ?? 0) > 1.5 }, "\(both)")
      #expect(bench.latch == nil)

      let run = try bench.run(try bench.protocolFile(["Rest for 5 s"]))
      #expect(run.end() == 0, "\(run.error)")
      let events = try bench.journal().rows(
        "SELECT message FROM events WHERE event = 'bench.proven'")
      #expect(events.first?.first??.contains("no current within") == true, "\(events)")
      let last = try #require(try bench.endedTruth().rows.last)
      #expect(last.isQuiet && !last.contactorClosed && !last.supplyOn && !last.loadOn)
    }

    @Test("SAF-001: a pseudo-terminal that is no rig's is refused by all, commissioned or not")
    func pretender() throws {
      let bench = try LoopBench()
      var master: Int32 = -1
      var slave: Int32 = -1
      var name = [CChar](repeating: 0, count: 64)
      try #require(openpty(&master, &slave, &name, nil, nil) == 0)
      defer {
        close(master)
        close(slave)
      }
      let stranger = String(decoding: name.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
      let watch = try OpenWatch(stranger)
      let rest = [bench.benchPath, "--by", "A Person"] + bench.portWords(["psu": stranger])
      for command in ["commission", "prove"] {
        let program = try bench.finished([command] + rest)
        #expect(program.end() == 2)
        #expect(program.error.contains("neither served by a rig"), "\(program.error)")
      }
      #expect(watch.opened == 0)
    }
  }
}
