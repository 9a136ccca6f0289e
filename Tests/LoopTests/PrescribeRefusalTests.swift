import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// What `lockstep prescribe` does not take: status 2, one line of what, where, value and what is allowed, and
  /// no file.
  @Suite("Prescribe, refused", .serialized)
  struct PrescribeRefusalTests {
    private let folder: TemporaryFolder
    private var out: String { folder.path + "/charge.toml" }

    init() throws { folder = try TemporaryFolder() }

    private func refused(
      _ words: [String], _ line: String, _ place: SourceLocation = #_sourceLocation
    ) throws {
      let program = try Program(
        ["prescribe"] + words, environment: ["XDG_DATA_HOME": folder.path + "/data"],
        log: folder.path + "/\(UUID().uuidString)")
      #expect(program.end() == 2, "\(words): \(program.error)", sourceLocation: place)
      #expect(program.output.isEmpty, sourceLocation: place)
      let lines = program.error.split(separator: "\n").map(String.init)
      #expect(lines.count == 1, "\(lines)", sourceLocation: place)
      #expect(
        try Regex("lockstep: " + line).wholeMatch(in: lines.first ?? "") != nil, "\(lines)",
        sourceLocation: place)
      #expect(!FileManager.default.fileExists(atPath: out), sourceLocation: place)
    }

    private var span: [String] { ["--from", "0.5", "--to", "0.6", "--out", out] }

    @Test("cells that are not there, are none, or are two")
    func cells() throws {
      func file(_ text: String) throws -> String {
        let path = folder.path + "/cell.json"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
      }
      try refused(
        ["--cell", "/nowhere.json"] + span, #"/nowhere\.json: no such cell file, or not readable"#)
      try refused(
        ["--cell", "chen2002"] + span,
        #"chen2002: no such cell \(did you mean "chen2020"\?\); shipped are .*"#)
      try refused(["--cell", try file("hello")] + span, #".*cell\.json:1: hello is not a JSON .*"#)
      try refused(
        ["--cell", try file("{\"Header\": {\"BPX\": \"0.1\"}}")] + span,
        #".*cell\.json:1: Header\.BPX: "0\.1": .*; allowed: 1\.x"#)
      try refused(span, "one of --cell and --asset is wanted")
      try refused(
        ["--cell", "chen2020", "--asset", "A"] + span, "one of --cell and --asset is wanted")
      try refused(["--asset", "nobody"] + span, "--asset nobody: no such asset in .*")
    }

    @Test(
      "states of charge out of order or out of range",
      arguments: [
        ("0.8", "0.5", #"--to 0\.5: must be above --from 0\.8"#),
        ("50 %", "50 %", #"--to 50 %: must be above --from 50 %"#),
        ("0.5", "1.5", #"--to 1\.5: must be 0\.\.1 or a percentage, as in "50 %""#),
        ("-0.1", "0.5", #"--from -0\.1: must be 0\.\.1 or a percentage.*"#),
        ("nan", "0.5", #"--from nan: must be 0\.\.1 or a percentage.*"#),
        ("0.1", "half", #"--to half: must be 0\.\.1 or a percentage.*"#),
      ])
    func charges(_ from: String, _ to: String, _ line: String) throws {
      try refused(["--cell", "chen2020", "--from", from, "--to", to, "--out", out], line)
    }

    private static let current =
      #"must be a current in A, mA or as a C-rate .*, above 0, 20C at most"#

    @Test(
      "values without a unit, with the wrong one, or that no cell can have",
      arguments: [
        (
          ["--policy", "rid"], #"--policy rid: must be mpc, ride or cccv \(did you mean "ride"\?\)"#
        ),
        (["--model", "p2d"], "--model p2d: must be spme or dfn"),
        (["--max-current", "-3 A"], "--max-current -3 A: " + current),
        (["--max-current", "-C/2"], "--max-current -C/2: " + current),
        (["--max-current", "0 A"], "--max-current 0 A: " + current),
        (["--max-current", "3"], "--max-current 3: " + current),
        (["--max-current", "3 V"], "--max-current 3 V: " + current),
        (["--max-current", "101 A"], "--max-current 101 A: " + current),
        (["--max-voltage", "4"], #"--max-voltage 4: must be 0\.5 to 5\.0 V, as in "4\.1 V""#),
        (["--max-voltage", "4.3 V"], #"--max-voltage 4\.3 V: the cell's is 4\.2 V"#),
        (["--max-temperature", "45 V"], "--max-temperature 45 V: must be -40 to 100 degC, .*"),
        (["--max-temperature", "20"], #"--max-temperature 20: the cell starts at 25\.0 degC"#),
        (["--plating-margin", "-1 mV"], "--plating-margin -1 mV: must be 0.0 to 0.2 V, .*"),
        (["--plating-margin", "10 A"], "--plating-margin 10 A: must be 0.0 to 0.2 V, .*"),
        (["--confidence", "-1"], #"--confidence -1\.0: must be 0 to 6"#),
        (["--ambient", "nan"], "--ambient nan: must be -60 to 100 degC"),
        (["--temperature", "-80"], #"--temperature -80\.0: must be -60 to 100 degC"#),
        (["--discrepancy", "2"], #"--discrepancy 2: must be above 0 V, to 1 V, as in "2 mV""#),
        (["--soc-sd", "0"], #"--soc-sd 0: must be 1e-06\.\.0\.5 or a percentage, as in .*"#),
        (["--period", "5"], #"--period 5: must be 1 to 600 s, as in "60 s""#),
        (["--limits", "lg-m5"], #"lg-m5: no such limits \(did you mean "lg-m50"\?\); .*"#),
        (
          ["--limits", "lg-m50", "--ambient", "-5"],
          #"--temperature -5\.0: .* from 0\.0 degC to .*"#
        ),
        (["--current", "3 A"], "--current, --voltage: belong to --policy cccv"),
        (["--policy", "cccv", "--current", "3 A"], "--current and --voltage: both are wanted, .*"),
        (
          ["--policy", "cccv", "--current", "-3 A", "--voltage", "4 V"],
          "--current -3 A: " + current
        ),
        (
          ["--policy", "cccv", "--current", "3 A", "--voltage", "9 V"],
          #"--voltage 9 V: must be 0\.5 to 5\.0 V, as in "4\.1 V""#
        ),
        (["--plating-cost", "1"], "--temperature-cost, --plating-cost: belong to --policy mpc"),
        (
          ["--policy", "mpc", "--plating-cost", "-1"],
          "--temperature-cost, --plating-cost: must be 0 to 100"
        ),
        (["--polcy", "ride"], "Unknown option '--polcy'.*"),
      ])
    func values(_ words: [String], _ line: String) throws {
      try refused(["--cell", "chen2020"] + span + words, line)
    }

    @Test("an output that cannot be, and one that is an input: the cell's file stays as it was")
    func output() throws {
      let words = ["--from", "0.5", "--to", "0.52", "--model", "spme"]
      try refused(
        ["--cell", "chen2020"] + words + ["--out", "/nowhere/x.toml"],
        #"--out: /nowhere/x\.toml: cannot be written: .*"#)
      try refused(["--cell", "chen2020"] + words + ["--out", ""], "--out: empty, allowed: .*")
      let cell = folder.path + "/cell.json"
      let text = try LoopBench.shipped("cells/chen2020.json")
      try text.write(toFile: cell, atomically: true, encoding: .utf8)
      let alias = folder.path + "/alias.json"
      try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: cell)
      for path in [cell, alias] {
        try refused(
          ["--cell", cell] + words + ["--out", path], "--out .*: is the input file .*cell.json")
      }
      let limits = folder.path + "/cell.limits.toml"
      try LoopBench.shipped("cells/lg-m50.limits.toml").write(
        toFile: limits, atomically: true, encoding: .utf8)
      try refused(
        ["--cell", cell, "--limits", limits] + words + ["--out", limits],
        "--out .*: is the input file .*cell.limits.toml")
      #expect(try String(contentsOfFile: cell, encoding: .utf8) == text)
    }
  }
}
