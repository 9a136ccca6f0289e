import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// Commands that identify, and the phase of a campaign that does, as their users meet them.
  @Suite("Identification", .serialized)
  struct IdentifyTests {
    static let parameters = [
      "negative_electrode.reaction_rate_constant", "electrolyte.diffusivity",
    ]
    static let campaign = """
      schema = 1
      asset = "M50-001"
      research_override = { by = "test", reason = "virtual cell" }
      [initial]
      state_of_charge = "60 %"
      sd = "2 %"
      [[phase]]
      kind = "identify"
      budget = "10 min"
      round = "5 min"
      limits = { current = "6 A", voltage = "4.15 V", temperature = "45 degC", plating_margin = "10 mV" }
      goals = { "negative_electrode.reaction_rate_constant" = "1.5 %", "electrolyte.diffusivity" = "1 %" }

      """

    @Test("a campaign finds the cell's parameters within its limits, and the asset keeps them")
    func phase() throws {
      let bench = try LoopBench(seed: 21)
      let run = try bench.run(try bench.write(Self.campaign, to: "campaign.toml"))
      #expect(run.end() == 0, "\(run.error)")
      let events = try bench.journal().rows("SELECT event, message FROM events")
      #expect(events.filter { $0[0] == "identify.designed" }.count >= 1)
      #expect(events.filter { $0[0] == "identify.ended" }.count == 1)
      let asset = try bench.finished(["asset", "M50-001", "--json"])
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(asset.output.utf8)) as? [String: Any])
      let factors = try bench.factors()
      let truth = try bench.endedTruth()
      #expect(
        truth.rows.allSatisfy { abs($0.current) < 6.1 && $0.voltage < 4.16 && $0.voltage > 2.5 })
      #expect(truth.rows.contains { abs($0.current) > 1 })
      let parameters = try #require(object["parameters"] as? [[String: Any]])
      for name in Self.parameters {
        let found = try #require(parameters.first { $0["name"] as? String == name })
        let mean = try #require(found["value"] as? Double)
        let sd = try #require(found["sd"] as? Double)
        let true_ = log(try #require(factors[name]))
        #expect(abs(mean - true_) < 4 * sd, "\(name): \(mean) +- \(sd), true \(true_)")
        // 8 and 5 % before.
        #expect(sd < 0.03)
      }
    }

    @Test(
      "a designed protocol is one that the bench runs, and records tell what it was designed for")
    func commands() throws {
      let folder = try TemporaryFolder()
      func object(_ words: [String]) throws -> [String: Any] {
        let program = try Program(
          words + ["--json"], environment: ["XDG_DATA_HOME": folder.path + "/home"],
          log: folder.path + "/\(UUID().uuidString)")
        #expect(program.end() == 0, "\(words): \(program.error)")
        return try #require(
          try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
      }
      let names = Self.parameters.joined(separator: ",")
      let plan = folder.path + "/excitation.toml"
      let design = try object([
        "design", "--cell", "chen2020", "--parameters", names, "--duration", "10 min", "--soc",
        "0.6",
        "--effort", "200", "--out", plan,
      ])
      let predicted = try #require(
        (design["design"] as? [String: Any])?["ln_sd"] as? [String: Double])
      let record = folder.path + "/record.twin.csv"
      let simulated = try Program(
        [
          "simulate", "--cell", "chen2020", "--soc", "0.6", "--protocol",
          plan,
          "--period", "1", "--out", record,
        ], environment: [:], log: folder.path + "/simulate")
      #expect(simulated.end() == 0, "\(simulated.error)")
      let found = try object([
        "identify", "--cell", "chen2020", "--data", record, "--parameters", names, "--validate",
        record, "--out", "M50-9", "--store", folder.path + "/store",
      ])
      let estimates = try #require(found["estimates"] as? [String: [String: Any]])
      for name in Self.parameters {
        let factor = try #require(estimates[name]?["factor"] as? Double)
        let interval = try #require(estimates[name]?["factor_interval95"] as? [Double])
        #expect(abs(factor - 1) < 0.02, "\(name): \(factor)")
        // No noise: what is left is the model's own rounding.
        #expect(interval.count == 2 && interval[0] < 1.001 && interval[1] > 0.999)
        #expect((predicted[name] ?? 1) < 0.1)
      }
      #expect((found["inseparable"] as? [[String]])?.isEmpty == true)
      #expect((found["validation_voltage_rmse_millivolt"] as? Double ?? 9) < 1)
      let told = try object([
        "identifiability", "--cell", "chen2020", "--data", record, "--parameters",
        "electrolyte.conductivity,cell.contact_resistance",
      ])
      let groups = try #require(told["inseparable"] as? [[String]])
      #expect(groups.map(Set.init) == [["electrolyte.conductivity", "cell.contact_resistance"]])
    }

    @Test("of an excitation and a rest the excitation is chosen, and draws agree with its profiles")
    func chosenAndDrawn() throws {
      let folder = try TemporaryFolder()
      func simulated(_ name: String, _ steps: String) throws -> String {
        let plan = folder.path + "/\(name).toml"
        try "schema = 1\nname = \"\(name)\"\nsteps = [\(steps)]\n".write(
          toFile: plan, atomically: true, encoding: .utf8)
        let record = folder.path + "/\(name).twin.csv"
        let program = try Program(
          [
            "simulate", "--cell", "chen2020", "--soc", "0.6", "--protocol", plan, "--period", "1",
            "--out", record,
          ], environment: [:], log: folder.path + "/\(name)")
        #expect(program.end() == 0, "\(program.error)")
        return record
      }
      let rest = try simulated("rest", "\"Rest for 10 minutes\"")
      let pulses = try simulated(
        "pulses",
        "\"Discharge at 1C for 3 minutes\", \"Rest for 3 minutes\", \"Charge at C/2 for 4 minutes\""
      )
      let program = try Program(
        [
          "identify", "--cell", "chen2020", "--data", rest, "--data", pulses, "--choose", "1",
          "--draws", "4000", "--starts", "1", "--parameters",
          Self.parameters.joined(separator: ","),
          "--json",
        ], environment: [:], log: folder.path + "/identify")
      #expect(program.end() == 0, "\(program.error)")
      let found = try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
      let choice = try #require(found["choice"] as? [[String: Any]])
      #expect(choice.map { $0["record"] as? String } == [pulses])
      let validation = try #require(found["validation"] as? [[String: Any]])
      #expect(validation.map { $0["record"] as? String } == [rest])
      let draws = try #require(found["draws"] as? [String: Any])
      #expect(draws["count"] as? Int == 4000)
      let intervals = try #require(draws["intervals95"] as? [String: [Double]])
      #expect(Set(intervals.keys).isSuperset(of: Self.parameters))
      #expect(try #require(draws["split_r_hat"] as? Double) < 1.05)
      // Within the draws' own error: 2.7 / sqrt(100) of a standard deviation.
      #expect(try #require(draws["farthest_from_profile_sd"] as? Double) < 0.5)
    }

    @Test("an ambient's offset is fitted where a thermometer is, and goes into no asset")
    func ambient() throws {
      let folder = try TemporaryFolder()
      func ended(_ words: [String]) throws -> [String: Any] {
        let program = try Program(
          words, environment: [:], log: folder.path + "/\(UUID().uuidString)")
        #expect(program.end() == 0, "\(words): \(program.error)")
        let object = try? JSONSerialization.jsonObject(with: Data(program.output.utf8))
        return object as? [String: Any] ?? [:]
      }
      let record = folder.path + "/record.twin.csv"
      _ = try ended([
        "simulate", "--cell", "chen2020", "--soc", "0.6", "--thermal", "lumped", "--step",
        "Discharge at 1C for 5 minutes", "--step", "Rest for 5 minutes", "--period", "1", "--out",
        record,
      ])
      let text = try String(contentsOfFile: record, encoding: .utf8)
      let read = folder.path + "/record.bdf.csv"
      try text.replacing(",temperature_celsius", with: ",surface_temperature_celsius").write(
        toFile: read, atomically: true, encoding: .utf8)
      let found = try ended([
        "identify", "--cell", "chen2020", "--data", read, "--ambient", "27", "--starts", "1",
        "--parameters", "negative_electrode.reaction_rate_constant", "--out", "A", "--store",
        folder.path, "--json",
      ])
      let estimates = try #require(found["estimates"] as? [String: [String: Any]])
      // The air is at 25 degC.
      let offset = try #require(estimates["ambient_offset"]?["value"] as? Double)
      #expect(abs(offset + 2) < 0.3, "\(offset)")
      let asset = try ended(["asset", "A", "--data", folder.path, "--json"])
      let parameters = try #require(asset["parameters"] as? [[String: Any]])
      #expect(
        Set(parameters.compactMap { $0["name"] as? String }) == [
          "negative_electrode.reaction_rate_constant", "positive_electrode.open_circuit_offset",
        ])
    }

    @Test(
      "what cannot be meant is refused in one line",
      arguments: [
        [
          "identify", "--cell", "chen2020", "--data", "/nowhere.csv", "--parameters",
          "cell.heat_capacity",
        ],
        [
          "identify", "--cell", "chen2020", "--data", "/nowhere.csv", "--parameters",
          "cell.heat_capacitance",
        ],
        [
          "identify", "--cell", "chen2020", "--data", "/x.csv", "--parameters",
          "initial.state_of_charge",
        ],
        ["identifiability", "--cell", "chen2020", "--parameters", "cell.heat_capacity"],
        [
          "design", "--cell", "chen2020", "--parameters", "cell.heat_capacity", "--duration", "0 s",
          "--out", "/x",
        ],
        [
          "design", "--cell", "chen2020", "--parameters", "cell.heat_capacity", "--duration", "1 h",
          "--criterion", "G", "--out", "/x",
        ],
      ])
    func refusals(words: [String]) throws {
      let folder = try TemporaryFolder()
      let program = try Program(words, environment: [:], log: folder.path + "/log")
      #expect(program.end() == 2, "\(program.error)")
      #expect(program.error.split(separator: "\n").count == 1)
    }

    @Test(
      "counts that cannot be meant are refused by their name, before a record is looked for",
      arguments: [
        (["--choose", "1"], "--choose 1: must be 1 or more, and fewer than the 1 --data records"),
        (
          ["--data", "/y.csv", "--choose", "0"],
          "--choose 0: must be 1 or more, and fewer than the 2 --data records"
        ),
        (
          ["--data", "/y.csv", "--choose", "2"],
          "--choose 2: must be 1 or more, and fewer than the 2 --data records"
        ),
        (["--draws", "10"], "--draws 10: must be 1000 to 1000000"),
      ])
    func counts(words: [String], line: String) throws {
      let folder = try TemporaryFolder()
      let program = try Program(
        [
          "identify", "--cell", "chen2020", "--data", "/x.csv", "--parameters",
          "cell.heat_capacity",
        ] + words, environment: [:], log: folder.path + "/log")
      #expect(program.end() == 2)
      #expect(program.error == "lockstep: \(line)\n", "\(program.error)")
    }
  }
}

extension LoopBench {
  /// Factors on the cell file that the rig drew.
  func factors() throws -> [String: Double] {
    let data = try Data(contentsOf: URL(filePath: folder.path + "/truth.twin.csv.json"))
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(object?["factors"] as? [String: Double])
  }
}
