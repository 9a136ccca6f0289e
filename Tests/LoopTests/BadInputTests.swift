import Foundation
import Glibc
import JournalTestKit
import Testing

extension LoopTests {
  /// Bad input ends with 2, says why in one line, and sends nothing to any device.
  @Suite("Bad input", .serialized)
  struct BadInputTests {
    /// Runs `words` beside a rig; nothing may have moved on it.
    private func refused(
      _ words: [String], on bench: LoopBench, _ line: String, status: Int32 = 2,
      _ place: SourceLocation = #_sourceLocation
    ) throws {
      let program = try bench.finished(words)
      #expect(program.end() == status, sourceLocation: place)
      let pattern = try Regex("lockstep: " + line.replacingOccurrences(of: "DIR", with: ".*"))
      let lines = program.error.split(separator: "\n").map(String.init)
      #expect(lines.count == 1, "\(lines)", sourceLocation: place)
      #expect(
        try pattern.wholeMatch(in: lines.first ?? "") != nil, "\(lines)", sourceLocation: place)
    }

    /// No device was asked to do anything: the contactor never closed and no current flowed.
    private func nothingMoved(_ bench: LoopBench) throws {
      let rows = try bench.endedTruth().rows
      #expect(!rows.isEmpty)
      #expect(
        rows.allSatisfy { $0.isQuiet && !$0.contactorClosed && !$0.supplyOn && !$0.loadOn })
    }

    private static let notARig =
      #": neither served by a rig of this lockstep nor serial hardware of this machine \(.*\)"#

    @Test("files: what, where, value, what is allowed")
    func files() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 5 s"])
      let text = try LoopBench.shipped("benches/demo.toml")
      func bad(_ old: String, _ new: String, _ line: String) throws {
        try #require(text.contains(old))
        let path = try bench.write(text.replacingOccurrences(of: old, with: new), to: "bad.toml")
        try refused(["run", job, "--bench", path] + bench.portWords(), on: bench, line)
      }
      try bad(
        "zero_current =", "scew = \"1 s\"\nzero_current =",
        #"DIR/bad\.toml:\d+: scew: .*did you mean "skew"\?.*"#)
      try bad("scan = \"1 s\"", "scan = \"1 V\"", #"DIR/bad\.toml:\d+: scan: "1 V": .*"#)
      try bad(
        "operate = [\"-6 A\", \"6 A\"]", "operate = [\"-7 A\", \"7 A\"]",
        #"DIR/bad\.toml:\d+: limit\.current.*"#)
      try bad(
        "trip = [\"-6.6 A\", \"6.6 A\"]", "trip = [\"-66 A\", \"66 A\"]",
        #"DIR/bad\.toml:\d+: limit\.current: .*: must lie within the ratings of supply and load, .*toml:\d+.*"#
      )
      try bad(
        "operate = [\"2.5 V\", \"4.2 V\"]", "operate = [\"2.5 V\", \"4.1 V\"]",
        #"DIR/lg-m50\.limits\.toml:\d+: voltage: .*: must lie within the bench's 2\.5\.\.4\.1 .*"#)
      try bad("cell = \"chen2020\"", "cell = \"\(bench.benchPath)\"", #"DIR/demo\.toml.*"#)
      try bad(
        "cell = \"chen2020\"", "cell = \"chen2002\"",
        #"DIR/bad\.toml:\d+: cell: "chen2002": no such cell \(did you mean "chen2020"\?\).*"#)
      // What the safety rules could not see: a runaway in the noise, a current above its table.
      try bad(
        "noise = \"0.1 K\"", "noise = \"0.4 K\"",
        #"DIR/bad\.toml: accuracy\.temperature\.noise: 0\.4 K: 0\.3\d* K at most at a scan of 1\.0 s: .*"#
      )
      try bad(
        "[wiring]", "[plausibility]\ncurrent_tolerance = \"750 mA\"\n[wiring]",
        #"DIR/bad\.toml: plausibility\.current_tolerance: 0\.775 A: .* 1\.5 A \(DIR/lg-m50\.limits\.toml\), at most"#
      )
      try bad("[wiring]", "[wiring", #"DIR/bad\.toml:\d+: .*"#)
      try nothingMoved(bench)
    }

    @Test("a cell that is not BPX, a campaign of another cell, files that are not there")
    func jobs() throws {
      let bench = try LoopBench()
      let bad = try bench.write("{\"Header\": {\"BPX\": \"0.1\"}}", to: "cell.json")
      let text = try LoopBench.shipped("benches/demo.toml").replacingOccurrences(
        of: "cell = \"chen2020\"", with: "cell = \"\(bad)\"")
      let path = try bench.write(text, to: "bad.toml")
      let rest = bench.portWords()
      let job = try bench.protocolFile(["Rest for 5 s"])
      try refused(["run", job, "--bench", path] + rest, on: bench, #"DIR/cell\.json.*"#)
      let other = try bench.write(
        BenchPhase.rideCampaign.replacingOccurrences(of: "M50-001", with: "M50-002"),
        to: "other.toml")
      try refused(
        ["run", other, "--bench", bench.benchPath] + rest, on: bench,
        #"DIR/other\.toml:2: asset: "M50-002": the bench DIR holds "M50-001""#)
      try refused(
        ["run", "/nowhere.toml", "--bench", bench.benchPath] + rest, on: bench,
        #"/nowhere\.toml: no such campaign file, or not readable"#)
      try refused(
        ["run", "dem", "--bench", bench.benchPath] + rest, on: bench,
        #"dem: no such campaign \(did you mean "demo"\?\); shipped are .*"#)
      let step = try bench.protocolFile(["Charge at 4.1 V for 5 s"], name: "step")
      try refused(
        ["run", step, "--bench", bench.benchPath] + rest, on: bench,
        #"DIR/step\.toml:3: steps\[\d\]: .*a voltage is held, not charged at.*"#)
      try nothingMoved(bench)
    }

    @Test("options: twice, unknown, contradicting")
    func options() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 5 s"])
      let start = ["run", job, "--bench", bench.benchPath]
      let ports = bench.portWords()
      let psu = try #require(bench.ports["psu"])
      try refused(
        start + ["--bench", "demo"] + ports, on: bench, "--bench is given twice: once is allowed")
      try refused(
        start + ports + ["--port", "psu=\(psu)"], on: bench,
        "--port psu is given twice: once is allowed")
      try refused(
        start + bench.portWords(["load": psu]), on: bench,
        "port \(psu): given to psu and to load: one each is wanted")
      try refused(
        start + ports + ["--port", "pump=/dev/pts/0"], on: bench,
        #"--port pump=/dev/pts/0: no instrument "pump" on this bench: psu, .* are there"#)
      try refused(
        start + bench.portWords(["psu": "ttyUSB0"]), on: bench,
        #"--port psu=ttyUSB0: NAME=/dev/\.\.\. or NAME=127\.0\.0\.1:PORT is allowed"#)
      try refused(
        start + bench.portWords(["psu": ""]), on: bench,
        #"DIR/demo\.toml:\d+: instrument\.psu\.port: "rig": --port psu=PATH is wanted"#)
      try refused(start + ports + ["--prot", "x"], on: bench, "Unknown option '--prot'.*")
      try refused(start + ports + ["--pace", "fast"], on: bench, ".*'fast'.*--pace.*")
      let text = try LoopBench.shipped("benches/demo.toml")
      let paceless = try bench.write(
        text.replacingOccurrences(
          of: "[instrument.pace]\nprofile = \"rig-pace\"\nport = \"rig\"\nrole = \"pace\"\n",
          with: ""),
        to: "paceless.toml")
      try refused(
        ["run", job, "--bench", paceless, "--pace", "stepped"] + bench.portWords(["pace": ""]),
        on: bench, #"--pace stepped: DIR/paceless\.toml has no pace device"#)
      try nothingMoved(bench)
    }

    @Test("SAF-015: ports that no rig serves are refused without opening them")
    func realPorts() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 5 s"])
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
      for path in ["/dev/null", "/dev/tty", stranger, "/dev/pts/9999", "127.0.0.1:9"] {
        try refused(
          ["run", job, "--bench", bench.benchPath] + bench.portWords(["psu": path]), on: bench,
          "port \(path)" + Self.notARig)
      }
      #expect(watch.opened == 0)
      // The watch does see an opening.
      close(open(stranger, O_RDONLY | O_NOCTTY))
      #expect(watch.opened > 0)
      try nothingMoved(bench)
    }

    @Test("a silent port and a wrong device end with 3 and one line; nothing is energised")
    func hardware() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 5 s", "Charge at C/3 for 60 s"])
      // Nobody on the thermometer's line has this address.
      let text = try LoopBench.shipped("benches/demo.toml").replacingOccurrences(
        of: "role = \"thermometer\"", with: "role = \"thermometer\"\nunit = 99")
      let silent = try bench.finished(
        [
          "run", job, "--bench", try bench.write(text, to: "silent.toml"), "--pace", "stepped",
          "--name", "silent",
        ] + bench.portWords())
      #expect(silent.end() == 3)
      #expect(silent.ownErrors.count == 1, "\(silent.ownErrors)")
      #expect(silent.ownErrors.first?.hasPrefix("lockstep: thermo: no reply") == true)
      #expect(try bench.journal("silent").rows("SELECT status FROM ended") == [["3"]])

      let psu = try #require(bench.ports["psu"])
      let load = try #require(bench.ports["load"])
      let swapped = try bench.run(job, name: "swapped", ports: ["psu": load, "load": psu])
      #expect(swapped.end() == 3)
      #expect(swapped.ownErrors.count == 1, "\(swapped.ownErrors)")
      #expect(swapped.ownErrors.first?.hasPrefix("lockstep: psu: ") == true)
      #expect(try bench.journal("swapped").rows("SELECT status FROM ended") == [["3"]])

      try nothingMoved(bench)
    }

    @Test("a bench in use is refused, and by whom; the run on it goes on")
    func inUse() throws {
      let bench = try LoopBench()
      let job = try bench.protocolFile(["Rest for 5 hours"])
      let run = try bench.run(job)
      try #require(Patience.until { (bench.latestTruth.rows.last?.pace ?? 0) > 10 })
      try refused(
        ["run", job, "--bench", bench.benchPath, "--pace", "stepped"] + bench.portWords(),
        on: bench, "bench demo is in use by process \(run.process): run run")
      let words = ["acknowledge", bench.benchPath, "--by", "A Person", "--note", "nothing"]
      try refused(words, on: bench, "bench demo is in use by process \(run.process): run run")
      run.send(SIGTERM)
      #expect(run.end() == 130, "\(run.error)")
    }
  }
}
