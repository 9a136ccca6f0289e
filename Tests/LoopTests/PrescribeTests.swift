import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `lockstep prescribe`, as its users meet it: an SPMe, whose answer takes a second, unless a law is of the
  /// DFN.
  @Suite("Prescribe", .serialized)
  struct PrescribeTests {
    private let folder: TemporaryFolder
    private var out: String { folder.path + "/charge.toml" }

    init() throws { folder = try TemporaryFolder() }

    private func prescribe(_ words: [String]) throws -> Program {
      let program = try Program(
        ["prescribe"] + words, environment: ["XDG_DATA_HOME": folder.path + "/data"],
        log: folder.path + "/\(UUID().uuidString)")
      _ = try #require(program.end(), "\(words) does not end")
      return program
    }

    /// The answer of a charge that is found.
    private func answer(
      _ words: [String], from: String = "20 %", to: String = "40 %", model: String = "spme"
    ) throws -> Answer {
      let all =
        [
          "--cell", "chen2020", "--from", from, "--to", to, "--model", model, "--out", out,
          "--json",
        ]
        + words
      let program = try prescribe(all)
      try #require(program.end() == 0, "\(all): \(program.error)")
      #expect(program.error.isEmpty)
      return try Answer(program.output)
    }

    /// What `--json` says, by the names of its keys.
    private struct Answer {
      let object: [String: Any]

      init(_ text: String) throws {
        object = try #require(
          try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      }

      func number(_ key: String) throws -> Double { try #require(object[key] as? Double, "\(key)") }

      func band(_ key: String) throws -> (low: Double, mean: Double, high: Double) {
        let band = try #require(object[key] as? [String: Double], "\(key)")
        return (band["low"] ?? .nan, band["mean"] ?? .nan, band["high"] ?? .nan)
      }

      /// s.
      var duration: Double { get throws { try number("duration_second") } }
    }

    /// Current, A, and time, s, of the steps of the protocol that was written.
    private func writtenSteps() throws -> [(current: Double, seconds: Double)] {
      let step =
        #/"Charge at ([0-9.]+) A for ([0-9]+) seconds or until [0-9.]+ V or until SOC .+",/#
      return try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").compactMap {
        let line = $0.drop { $0 == " " }
        return line.wholeMatch(of: step).flatMap { found in
          Double(found.1).flatMap { current in Double(found.2).map { (current, $0) } }
        }
      }
    }

    @Test("a cell file alone answers in sentences")
    func answers() throws {
      let program = try prescribe([
        "--cell", "chen2020", "--from", "0.2", "--to", "0.3", "--out", out,
      ])
      #expect(program.end() == 0 && program.error.isEmpty, "\(program.error)")
      let lines = program.output.split(separator: "\n").map(String.init)
      #expect(lines.first?.contains(#/^ride: [0-9.]+ min \(95 %: [0-9.]+ to [0-9.]+\)$/#) == true)
      #expect(lines.contains("plating margin is inferred from the model, not measured"))
      #expect(lines.last == "\(out): \(try writtenSteps().count) decisions")
    }

    @Test("within the cell's limits file the protocol passes check, whose forecast agrees")
    func check() throws {
      let span = (from: "20 %", to: "30 %")
      let promised = try answer(
        ["--limits", "lg-m50"], from: span.from, to: span.to, model: "dfn")
      let check = try Program(
        ["check", "demo", out, "--soc", "0.2", "--json"], environment: [:],
        log: folder.path + "/check")
      #expect(check.end() == 0, "\(check.error)")
      let forecasts = try #require(try Answer(check.output).object["forecast"] as? [[String: Any]])
      let forecast = try #require(forecasts.first)
      // The lesser of the two rows of the table that 25 degC belongs to.
      #expect(abs((forecast["current_maximum_ampere"] as? Double ?? 0) - 1.5) < 1e-3)
      #expect(abs((forecast["state_of_charge_final"] as? Double ?? 0) - 0.3) < 1e-3)
      let seconds = try #require(forecast["duration_second"] as? Double)
      #expect(try abs(seconds - promised.duration) < 15)
    }

    @Test(
      "every bound is kept by its mean and two sd, the band holds the mean, and the ride is no slower than the fastest cccv",
      arguments: [
        ("10", "8 A", "spme", "10 % 40 %"), ("25", "8 A", "spme", "50 % 70 %"),
        ("25", "1C", "spme", "20 % 40 %"), ("10", "6 A", "dfn", "60 % 75 %"),
      ])
    func laws(_ ambient: String, _ most: String, _ model: String, _ span: String) throws {
      let ends = span.split(separator: "%").map { $0.trimmingCharacters(in: .whitespaces) + " %" }
      let words = ["--ambient", ambient, "--max-current", most, "--plating-margin", "15 mV"]
      let ride = try answer(words, from: ends[0], to: ends[1], model: model)
      let steps = try writtenSteps()
      let fixed = try answer(
        words + ["--policy", "cccv"], from: ends[0], to: ends[1], model: model)
      let allowed = most == "1C" ? 5 : Double(most.dropLast(2)) ?? .nan
      #expect(steps.allSatisfy { $0.current <= allowed + 1e-4 } && steps.count > 1)
      let (current, voltage) = (
        try fixed.number("current_ampere"), try fixed.number("voltage_volt")
      )
      #expect(current > 0 && current <= allowed && voltage > 3 && voltage <= 4.2)
      // The search and the rehearsal look at the charge at their own instants.
      #expect(try ride.duration <= fixed.duration * 1.01)
      let alternatives = try #require(ride.object["alternatives"] as? [String: Double])
      #expect(
        try abs((alternatives["fastest admissible cccv"] ?? .nan) * 60 - fixed.duration) < 1e-6)
      for answer in [ride, fixed] {
        #expect((answer.object["violations"] as? [Any])?.isEmpty == true)
        let (low, high) = (
          try answer.number("duration_low_second"), try answer.number("duration_high_second")
        )
        #expect(try low <= answer.duration && answer.duration <= high)
        // Bands are 1.96 sd wide on either side; limits keep 2 sd off.
        func edge(_ key: String, _ sign: Double) throws -> Double {
          let band = try answer.band(key)
          #expect(band.low < band.mean && band.mean < band.high, "\(key)")
          return band.mean + sign * 2 / 1.96 * (band.high - band.mean)
        }
        #expect(try edge("highest_voltage_volt", 1) < 4.2 + 1e-4)
        #expect(try edge("highest_temperature_celsius", 1) < 45 + 0.01)
        #expect(try edge("lowest_negative_potential_at_separator_volt", -1) > 0.015 - 1e-4)
        let shares = try #require(answer.object["bindings"] as? [String: Double])
        #expect(abs(shares.values.reduce(0, +) - 1) < 1e-9)
      }
    }

    @Test(
      "the currents that are written carry the charge: in proportion to the span, and within it no further"
    )
    func charge() throws {
      func moved(_ to: String) throws -> Double {
        _ = try answer(["--ambient", "10", "--max-current", "6 A"], from: "20 %", to: to)
        return try writtenSteps().reduce(0) { $0 + $1.current * $1.seconds } / 3600
      }
      let (short, long) = (try moved("30 %"), try moved("50 %"))
      // A step's time is rounded up to a second of 6 A at most.
      #expect(abs(long - 3 * short) < 0.01)
      // The capacity between the stoichiometries is a little more than the 5 Ah nominal.
      #expect((5...5.5).contains(long / 0.3), "\(long / 0.3) Ah")
    }

    @Test(
      "further to go, less margin, a worse model, more confidence, less current, colder: never faster"
    )
    func monotone() throws {
      let base = ["--ambient", "10", "--max-current", "8 A"]
      func duration(_ words: [String], to: String = "40 %") throws -> Double {
        try answer(words, to: to).duration
      }
      let plain = try duration(base + ["--discrepancy", "2 mV"])
      #expect(try duration(base + ["--discrepancy", "2 mV"], to: "50 %") > 1.2 * plain)
      #expect(try duration(base + ["--discrepancy", "2 mV", "--plating-margin", "30 mV"]) > plain)
      #expect(try duration(base + ["--discrepancy", "40 mV"]) >= plain)
      #expect(try duration(base + ["--discrepancy", "2 mV", "--confidence", "4"]) > plain)
      #expect(
        try duration(["--ambient", "10", "--max-current", "3 A", "--discrepancy", "2 mV"]) > plain)
      #expect(
        try duration(["--ambient", "0", "--max-current", "8 A", "--discrepancy", "2 mV"]) > plain)
    }

    @Test("a hot cell's ride is found where a cccv is, and is no slower")
    func hot() throws {
      let words = ["--max-temperature", "35", "--max-current", "8 A"]
      let ride = try answer(words, from: "10 %", to: "30 %")
      let fixed = try answer(words + ["--policy", "cccv"], from: "10 %", to: "30 %")
      #expect(try ride.duration <= fixed.duration * 1.01)
      let shares = try #require(ride.object["bindings"] as? [String: Double])
      #expect((shares["temperature"] ?? 0) > 0.1, "\(shares)")
    }

    @Test("an alternative that no current and voltage can do is named as one")
    func alternatives() throws {
      let found = try answer(["--max-current", "8 A"], from: "90 %", to: "96 %")
      let others = try #require(found.object["alternatives"] as? [String: Any])
      #expect(others["fastest admissible cccv"] is NSNull, "\(others)")
      let spoken = try prescribe([
        "--cell", "chen2020", "--from", "90 %", "--to", "96 %", "--model", "spme", "--out", out,
        "--max-current", "8 A",
      ])
      #expect(spoken.output.contains("fastest admissible cccv: none keeps the limits"))
    }

    @Test("a given cccv that breaks a limit ends with 1, says which first, and writes nothing")
    func breaks() throws {
      let program = try prescribe([
        "--cell", "chen2020", "--from", "0.5", "--to", "0.6", "--model", "spme", "--out", out,
        "--policy", "cccv", "--current", "9 A", "--voltage", "4.2 V", "--json",
      ])
      #expect(program.end() == 1)
      let line = #/lockstep: the prediction breaks a limit, .+ is not written: .+ allowed .+\n/#
      #expect(program.error.wholeMatch(of: line) != nil, "\(program.error)")
      let found = try #require(try Answer(program.output).object["violations"] as? [[String: Any]])
      #expect(found.contains { $0["limit"] as? String == "plating_margin" })
      #expect(!FileManager.default.fileExists(atPath: out))
    }

    @Test(
      "a target that no current reaches ends with 1 and how far it is; one that takes days says so")
    func stuck() throws {
      func error(_ words: [String]) throws -> String {
        let program = try prescribe(
          ["--cell", "chen2020", "--from", "0.1", "--model", "spme", "--out", out] + words)
        #expect(program.end() == 1 && program.output.isEmpty)
        return program.error
      }
      let high = try error(["--to", "0.2", "--max-voltage", "3.5 V"])
      #expect(
        high.wholeMatch(
          of: #/lockstep: chen2020: stuck at state of charge [0-9.]+ % .+ limits with 2.0 sd\n/#)
          != nil || high.contains("no charge current keeps the limits from here"), "\(high)")
      let slow = try error(["--to", "0.5", "--max-current", "1 mA", "--period", "600 s"])
      #expect(slow.contains("a charge of more than a day is not worked out"), "\(slow)")
      #expect(!FileManager.default.fileExists(atPath: out))
    }
  }
}
