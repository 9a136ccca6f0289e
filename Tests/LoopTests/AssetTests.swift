import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `lockstep shadow --asset`, `assets`, `asset` and `predict --asset`, as their users meet them.
  @Suite("Assets", .serialized)
  struct AssetTests {
    private let folder: TemporaryFolder
    private var store: String { folder.path + "/data" }

    init() throws { folder = try TemporaryFolder() }

    private func run(_ words: [String]) throws -> Program {
      let program = try Program(
        words, environment: ["XDG_DATA_HOME": folder.path + "/home"],
        log: folder.path + "/\(UUID().uuidString)")
      _ = program.end()
      return program
    }

    private func object(_ words: [String]) throws -> [String: Any] {
      let program = try run(words + ["--json"])
      #expect(program.end() == 0, "\(words): \(program.error)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    /// A record of a cell that is as its file says.
    private func record(_ name: String, from charge: String, _ steps: [String]) throws -> String {
      let path = folder.path + "/\(name).twin.csv"
      let program = try run(
        ["simulate", "--cell", "chen2020", "--thermal", "lumped", "--soc", charge, "--out", path]
          + steps.flatMap { ["--step", $0] })
      #expect(program.end() == 0, "\(program.error)")
      return path
    }

    private func shadow(_ record: String, _ more: [String]) -> [String] {
      [
        "shadow", "--data", record, "--filter", "ekf", "--store", store, "--discrepancy", "2 mV",
        "--out", folder.path + "/out.twin.csv",
      ] + more
    }

    @Test("two records make two versions, and a what-if between them is scored by the second")
    func life() throws {
      let first = try record(
        "first", from: "0.9",
        ["Rest for 2 minutes", "Discharge at C/3 for 1 hour", "Rest for 20 minutes"])
      let made = try object(shadow(first, ["--cell", "chen2020", "--asset", "M50-001"]))
      #expect(made["asset"] as? String == "M50-001" && made["version"] as? Int == 1)
      let health = try #require(made["health"] as? [String: [String: Double]])
      let capacity = try #require(health["capacity_ah"])
      // The file's own cell: 5.15 Ah between its limits.
      #expect(abs((capacity["value"] ?? 0) - 5.153) < 3 * (capacity["sd"] ?? 0) + 0.01)

      let whatIf = try object([
        "predict", "--asset", "M50-001", "--data", store, "--soc", "50 %", "--current", "-C/3",
        "--for", "10 min", "--discrepancy", "2 mV",
      ])
      let band = try #require(
        (whatIf["end"] as? [String: Any])?["voltage_volt"] as? [String: Double])
      let second = try record(
        "second", from: "0.5",
        ["Rest for 2 minutes", "Discharge at C/3 for 30 minutes", "Rest for 10 minutes"])
      let next = try object(shadow(second, ["--asset", "M50-001"]))
      #expect(next["version"] as? Int == 2)

      let asset = try object(["asset", "M50-001", "--data", store])
      #expect((asset["versions"] as? [[String: Any]])?.count == 2)
      let predictions = try #require(asset["predictions"] as? [[String: Any]])
      let voltage = try #require(predictions.first { $0["quantity"] as? String == "voltage_volt" })
      // Ten minutes ahead within the record of 42 minutes, and the what-if.
      #expect(try #require(voltage["scored"] as? Int) >= 4)
      let sql = try PlainSQL(store + "/assets.sqlite")
      let scored = try sql.allNumbers(
        """
        SELECT mean, sd, measured, error, z, inside_95 FROM predictions
        JOIN scores ON prediction = predictions.id WHERE condition = 'current'
        """)
      #expect(scored.count == 1)
      let row = try #require(scored.first)
      #expect(row[0] == band["mean"])
      #expect(abs(row[3] - (row[2] - row[0])) < 1e-12 && abs(row[4] - row[3] / row[1]) < 1e-9)
      // The cell is the file's, so that the band holds it.
      #expect(row[5] == 1)
      let listing = try object(["assets", "--data", store])
      let entry = try #require((listing["assets"] as? [[String: Any]])?.first)
      #expect(entry["asset"] as? String == "M50-001" && entry["version"] as? Int == 2)
      #expect(try run(["asset", "M50-001", "--data", store]).output.contains("LLI"))

      let steps = folder.path + "/p.toml"
      try
        "schema = 1\nname = \"p\"\nsteps = [\"Discharge at 1C for 5 minutes\", \"Rest for 5 minutes\"]\n"
        .write(toFile: steps, atomically: true, encoding: .utf8)
      let ensemble = try object([
        "predict", "--asset", "M50-001", "--data", store, "--soc", "0.5", "--protocol", steps,
        "--for", "10 min", "--limits", "lg-m50",
      ])
      #expect(ensemble["draws"] as? Int == 256)
      let ends = try #require(ensemble["steps"] as? [[String: Any]])
      #expect(ends.map { $0["mean_second"] as? Double } == [300, 600])
      let names = try #require(ensemble["limits"] as? [[String: Any]]).map { $0["name"] as? String }
      #expect(names.contains("discharge temperature 60.0 degC") && names.contains("voltage 2.5 V"))
      // What was asked of the present capacity comes back at the start; five minutes of 1C are 1/12 of it.
      let charge = try #require(
        (ensemble["end"] as? [String: Any])?["state_of_charge"] as? [String: Double])
      #expect(abs((charge["mean"] ?? 0) - (0.5 - 5.0 / 60 * 5 / (capacity["value"] ?? 0))) < 0.01)
    }

    @Test("what cannot be is one line and exit 2, and leaves the store as it was")
    func refused() throws {
      let path = try record(
        "r", from: "0.9", ["Rest for 1 minute", "Discharge at C/3 for 20 minutes"])
      let none = try run(["assets", "--data", store])
      #expect(none.end() == 0 && none.output.contains("no asset"))
      #expect(try run(shadow(path, ["--cell", "chen2020", "--asset", "a"])).end() == 0)
      let file = store + "/assets.sqlite"
      let count = { try PlainSQL(file).numbers("SELECT count(*) FROM versions") }
      for (words, line) in [
        (shadow(path, ["--asset", "a"]), "is in version 1 of a already"),
        (shadow(path, ["--asset", "b"]), "--asset b: no such asset"),
        (shadow(path, ["--asset", "../b", "--cell", "chen2020"]), "--asset ../b: 1 to 64 letters"),
        (
          shadow(path, ["--asset", "a", "--cell", "marquis2019"]), "its factors belong to chen2020"
        ),
        (shadow(path, ["--asset", "a", "--freeze-at", "5"]), "--freeze-at: not with --asset"),
        (shadow(path, []), "one of --cell and --asset is wanted"),
        (
          shadow(path, ["--cell", "chen2020", "--track", "separator.thicknes"]),
          "--track separator.thicknes: no such parameter (did you mean \"separator.thickness\"?)"
        ),
        (["asset", "b", "--data", store], "b: no such asset"),
        (["asset", "a", "--data", store + "/none"], "a: no such asset"),
        (
          [
            "predict", "--asset", "b", "--data", store, "--soc", "1", "--current", "1C", "--for",
            "1 s",
          ],
          "--asset b: no such asset"
        ),
        (
          [
            "predict", "--cell", "chen2020", "--asset", "a", "--soc", "1", "--current", "1C",
            "--for", "1 s",
          ], "one of --cell and --asset is wanted"
        ),
        (
          ["predict", "--cell", "chen2020", "--soc", "1", "--for", "1 s"],
          "one of --current and --protocol is wanted"
        ),
      ] {
        let program = try run(words)
        #expect(program.end() == 2, "\(words): \(program.error)")
        #expect(program.output.isEmpty)
        let lines = program.error.split(separator: "\n")
        #expect(
          lines.count == 1 && lines.first?.contains(line) == true, "\(words): \(program.error)")
        #expect(try count() == [1])
      }
      let text = folder.path + "/text"
      try FileManager.default.createDirectory(atPath: text, withIntermediateDirectories: true)
      try String(repeating: "no store\n", count: 500).write(
        toFile: text + "/assets.sqlite", atomically: true, encoding: .utf8)
      let wrong = try run(["assets", "--data", text])
      #expect(wrong.end() == 2 && wrong.error.split(separator: "\n").count == 1)
    }
  }
}
