import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `lockstep predict`, as its users meet it.
  @Suite("Predict", .serialized)
  struct PredictTests {
    private let folder: TemporaryFolder
    private var out: String { folder.path + "/out.twin.csv" }

    init() throws { folder = try TemporaryFolder() }

    private func predict(_ words: [String]) throws -> Program {
      try Program(
        ["predict", "--cell", "chen2020"] + words, environment: [:],
        log: folder.path + "/\(UUID().uuidString)")
    }

    @Test("one JSON object with bands and limits, and a twin CSV with its columns")
    func answers() throws {
      let program = try predict([
        "--soc", "50 %", "--current", "C/2", "--for", "5 min", "--period", "60", "--out", out,
        "--json",
      ])
      #expect(program.end() == 0, "\(program.error)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
      #expect(object["current_ampere"] as? Double == 2.5)
      let end = try #require(object["end"] as? [String: Any])
      #expect(end["time_second"] as? Double == 300)
      for name in [
        "voltage_volt", "temperature_celsius", "state_of_charge",
        "negative_potential_at_separator_volt",
      ] {
        let band = try #require(end[name] as? [String: Double])
        let (low, mean, high) = (band["low"] ?? .nan, band["mean"] ?? .nan, band["high"] ?? .nan)
        #expect(low < mean && mean < high, "\(name)")
      }
      // C/2 for five minutes is 1/24 of the capacity of 5 Ah nominal, a little more of the cell's own.
      let charge = try #require((end["state_of_charge"] as? [String: Double])?["mean"])
      #expect(abs(charge - 0.5 - 1 / 24.0) < 0.004)
      let rows = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
      #expect(rows.count == 7)
      #expect(
        rows[0]
          == "record_index,test_time_second,current_ampere,voltage_volt,voltage_volt_sd,state_of_charge,state_of_charge_sd,temperature_celsius,temperature_celsius_sd,negative_potential_at_separator_volt,negative_potential_at_separator_volt_sd,negative_surface_stoichiometry,negative_surface_stoichiometry_sd,positive_surface_stoichiometry,positive_surface_stoichiometry_sd"
      )
    }

    @Test(
      "bad words are one line with what is allowed; a model that ends says when, and its rows are kept"
    )
    func refuses() throws {
      for (words, status, line) in [
        (["--soc", "1.5", "--current", "1C", "--for", "5 min"], 2, "--soc 1.5: must be 0..1"),
        (
          ["--soc", "0.5", "--current", "2", "--for", "5 min"], 2, "--current 2: must be a current"
        ),
        (["--soc", "0.5", "--current", "1C", "--for", "5"], 2, "--for 5: must be a time"),
        (["--soc", "0.5", "--current", "1C", "--for", "0 s"], 2, "--for 0 s: must be a time"),
        (
          ["--soc", "0.5", "--current", "1C", "--for", "1 min", "--period", "0"], 2,
          "--period 0.0: must be above 0 s"
        ),
        (
          ["--soc", "0.5", "--current", "1C", "--for", "1 min", "--ambient", "200"], 2,
          "--ambient 200.0: must be -60 to 100 degC"
        ),
        (
          ["--soc", "0.05", "--current", "-2C", "--for", "1 h", "--out", out], 4,
          "chen2020, "
        ),
      ] {
        let program = try predict(words)
        #expect(program.end() == Int32(status), "\(words): \(program.error)")
        #expect(program.output.isEmpty)
        let lines = program.error.split(separator: "\n")
        #expect(lines.count == 1 && lines.first?.contains(line) == true, "\(program.error)")
      }
      #expect(try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").count > 1)
    }
  }
}
