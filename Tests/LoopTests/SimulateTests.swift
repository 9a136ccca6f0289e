import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `lockstep simulate`, the program itself.
  @Suite("Simulate")
  struct SimulateTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var out: String { folder.path + "/o.twin.csv" }

    private func simulate(_ words: [String], cell: String = "chen2020") throws -> Program {
      let program = try Program(
        ["simulate", "--cell", cell, "--mesh", "coarse"] + words, environment: [:],
        log: folder.path + "/\(UUID().uuidString)")
      _ = program.end()
      return program
    }

    private func write(_ text: String, _ name: String = "in.csv") throws -> String {
      let path = folder.path + "/" + name
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }

    private func table() throws -> [[String]] {
      try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }

    /// The folder holds nothing but what the test put there.
    private func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        !$0.hasSuffix(".out") && !$0.hasSuffix(".err")
      }.sorted()
    }

    @Test("steps: the columns, the rows, one JSON object")
    func steps() throws {
      let program = try simulate([
        "--step", "Discharge at 1C for 25 s", "--step", "Rest for 10 s", "--soc", "50 %",
        "--ambient", "-10", "--out", out, "--json",
      ])
      #expect(program.end() == 0, "\(program.error)")
      let rows = try table()
      #expect(
        rows[0] == [
          "record_index", "test_time_second", "step_count", "voltage_volt", "current_ampere",
          "temperature_celsius", "negative_surface_stoichiometry",
          "positive_surface_stoichiometry", "electrolyte_concentration_negative_end_mol_m3",
          "electrolyte_concentration_positive_end_mol_m3", "negative_potential_at_separator_volt",
          "net_capacity_ah", "open_circuit_voltage_volt", "heat_ohmic_watt",
          "heat_irreversible_watt", "heat_reversible_watt", "state_of_charge",
        ])
      #expect(rows.dropFirst().map { $0[0] } == (1...7).map { "\($0)" })
      #expect(
        rows.dropFirst().map { $0[1] } == ["0.0", "10.0", "20.0", "25.0", "25.0", "30.0", "35.0"])
      #expect(rows.dropFirst().map { $0[2] } == ["1", "1", "1", "1", "2", "2", "2"])
      #expect(Set(rows.dropFirst().map { $0[5] }) == ["-10.0"])
      #expect(rows.allSatisfy { $0.count == 17 })
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
      #expect((json["solve_seconds"] as? Double ?? 0) > 0)
      #expect((json["steps"] as? Int ?? 0) > 0)
      #expect(json["rows"] as? Int == 7)
      #expect(json["end_time_second"] as? Double == 35)
      #expect(json["termination"] as? String == "completed")
      #expect(try names() == ["o.twin.csv"])
    }

    @Test("a current file in any dress runs to its last point; the charge is the integral")
    func current() throws {
      let path = try write(
        "\u{FEFF}note, current_ampere ,test_time_second\r\n\"a,b\",-5,0\r\nx,-5,10.5\r\nx,0,20\r\n\r\n"
      )
      let program = try simulate(["--current", path, "--out", out, "--soc", "0.5"])
      #expect(program.end() == 0, "\(program.error)")
      let rows = try table().dropFirst()
      #expect(rows.map { $0[1] } == ["0.0", "10.0", "10.5", "20.0"])
      let charge = try #require(rows.last.flatMap { Double($0[11]) })
      #expect(abs(charge * 3600 + 52.5 + 23.75) < 1e-9)
    }

    @Test("protocol files run, with power steps too")
    func protocolFile() throws {
      let path = try write(
        "schema = 1\nname = \"p\"\nsteps = [\"Discharge at 5 W for 20 s\", \"Discharge at 2 Ohm for 20 s\"]\n",
        "p.toml")
      let program = try simulate(["--protocol", path, "--out", out, "--soc", "0.5"])
      #expect(program.end() == 0, "\(program.error)")
      for row in try table().dropFirst() {
        let (voltage, current) = (try #require(Double(row[3])), try #require(Double(row[4])))
        if row[2] == "1" {
          #expect(abs(voltage * current + 5) < 1e-6)
        } else {
          #expect(abs(voltage + 2 * current) < 1e-6)
        }
      }
    }

    @Test("a cell cut-off ends with 1; the rows and the object are there")
    func cutOff() throws {
      let program = try simulate([
        "--step", "Discharge at 2C for 1 h", "--soc", "0.05", "--out", out, "--json",
      ])
      #expect(program.end() == 1)
      let pattern =
        #/lockstep: at \d+\.\d+ s, step 1, "Discharge at 2C for 1 h": the cell's lower voltage cut-off, 2\.5 V, came before .*\n/#
      #expect(program.error.wholeMatch(of: pattern) != nil, "\(program.error)")
      #expect(program.output.contains("\"cut_off\":\"lower\""))
      let last = try #require(try table().last.flatMap { Double($0[3]) })
      #expect(abs(last - 2.5) < 1e-5)
    }

    @Test("a state outside the model's range ends with 4: when, what, and the rows are kept")
    func outOfRange() throws {
      let path = try write("test_time_second,current_ampere\n0,-5\n36000,-5\n")
      let program = try simulate(["--current", path, "--out", out, "--json"])
      #expect(program.end() == 4)
      #expect(program.output.isEmpty)
      #expect(program.error.split(separator: "\n").count == 1)
      #expect(program.error.hasPrefix("lockstep: at "), "\(program.error)")
      #expect(program.error.contains("allowed: "))
      #expect(program.error.contains("; the rows up to then, "), "\(program.error)")
      #expect(try table().count > 300)
      // At once: nothing to keep, and the file that stood there stands.
      let before = try Data(contentsOf: URL(filePath: out))
      let huge = try simulate(["--step", "Discharge at 1e9 A for 1 s", "--out", out])
      #expect(huge.end() == 4)
      #expect(huge.error.contains("current is -1000000000.0 A, allowed: "), "\(huge.error)")
      #expect(try Data(contentsOf: URL(filePath: out)) == before)
      #expect(try names() == ["in.csv", "o.twin.csv"])
    }

    private static let rest = ["--step", "Rest for 5 s"]

    @Test(
      "bad options: one line, status 2, nothing on stdout, nothing written",
      arguments: [
        ([], "one of --step, --protocol and --current is wanted"),
        (rest + ["--protocol", "capacity"], "--step and --protocol: only one of them is allowed"),
        (rest + ["--model", "spmee"], #"--model spmee: .*did you mean "spme"\?.*"#),
        (rest + ["--thermal", "radial"], "--thermal radial: not in this version: .*"),
        (rest + ["--thermal", "through-thickness"], "--thermal through-.*: not in this version.*"),
        (rest + ["--thermal", "hot"], "--thermal hot: isothermal, lumped are allowed.*"),
        (
          rest + ["--ageing", "sei-ec-reaction"], "--ageing sei-ec-reaction: this version has no .*"
        ),
        (rest + ["--ageing", "sei-ec"], #"--ageing sei-ec: no such kind.*known are none, sei.*"#),
        (rest + ["--ageing", "plating-reversable"], #".*did you mean "plating-reversible"\?.*"#),
        (rest + ["--soc", "1.5"], "--soc 1.5: must be 0..1 or a percentage.*"),
        (rest + ["--soc", "-0.5"], "--soc -0.5: must be 0..1 or a percentage.*"),
        (rest + ["--soc", "nan"], "--soc nan: must be 0..1 or a percentage.*"),
        (rest + ["--soc", "50%%"], "--soc 50%%: must be 0..1 or a percentage.*"),
        (rest + ["--soc", "1", "--soc", "1"], "--soc is given twice: once is allowed"),
        (
          rest + [
            "--soc", "1", "--negative-stoichiometry", "0.5", "--positive-stoichiometry", "0.5",
          ],
          "--soc 1: not with stoichiometries.*"
        ),
        (
          rest + ["--negative-stoichiometry", "0.5"],
          "--negative-stoichiometry: --positive-stoichiometry is wanted with it"
        ),
        (
          rest + ["--positive-stoichiometry", "0.5"],
          "--positive-stoichiometry: --negative-stoichiometry is wanted with it"
        ),
        (
          rest + ["--negative-stoichiometry", "1.5", "--positive-stoichiometry", "0.5"],
          "--negative-stoichiometry 1.5: must be above 0, below 1"
        ),
        (
          rest + ["--ambient", "298.15"],
          #"--ambient 298\.15 \(kelvin\?\): must be -60 to 100 degC"#
        ),
        (rest + ["--ambient", "nan"], "--ambient nan: must be -60 to 100 degC"),
        (rest + ["--temperature", "-300"], "--temperature -300.0: must be -60 to 100 degC"),
        (rest + ["--temperature", "10"], ".*isothermal run; --thermal lumped lets it differ"),
        (rest + ["--period", "0"], "--period 0.0: must be above 0 s"),
        (rest + ["--period", "-1"], "--period -1.0: must be above 0 s"),
        (rest + ["--period", "nan"], "--period nan: must be above 0 s"),
        (rest + ["--period", "1e-9"], ".*a longer period is wanted"),
        (rest + ["--rtol", "1"], "--rtol 1.0: must be 1e-12 to 0.01"),
        (rest + ["--rtol", "0"], "--rtol 0.0: must be 1e-12 to 0.01"),
        (rest + ["--cell", "chen2020"], "--cell is given twice: once is allowed"),
        (rest + ["--hurry"], "Unknown option '--hurry'.*"),
        (["--step", "Run US06"], #"--step "Run US06": .* is wanted first"#),
        (["--step", "Charge at 2 Ohm for 1 h"], ".*a resistance discharges.*"),
        (["--step", "Charge at nan A for 1 h"], ".*a current in A.*"),
        (["--protocol", "capacty"], #".*did you mean "capacity"\?.*"#),
        (["--current", "/nowhere.csv"], "--current /nowhere.csv: cannot be read"),
      ])
    func options(_ words: [String], _ line: String) throws {
      let program = try simulate(words + ["--out", out, "--json"])
      #expect(program.end() == 2, "\(words)")
      #expect(program.output.isEmpty)
      let lines = program.error.split(separator: "\n").map(String.init)
      #expect(lines.count == 1, "\(lines)")
      #expect(
        try Regex("lockstep: " + line).wholeMatch(in: lines.first ?? "") != nil, "\(lines)")
      #expect(try names() == [])
    }

    @Test(
      "bad current files: line and column",
      arguments: [
        ("", "line 1: no header row"),
        ("test_time_second,amps\n0,1\n1,1\n", "line 1: no column 'current_ampere'"),
        ("test_time_second,current_ampere\n0,1\n", "1 data rows, at least 2"),
        ("test_time_second,current_ampere\n5,1\n6,1\n", "line 2, .*must start at 0"),
        (
          "test_time_second,current_ampere\n0,1\n2,1\n2,1\n",
          "line 4, .*must be after the row above"
        ),
        (
          "test_time_second,current_ampere\n0,1\n2,1\n1,1\n",
          "line 4, .*must be after the row above"
        ),
        ("test_time_second,current_ampere\n0,1\n1,nan\n", "line 3, column 2 .*is not finite"),
        ("test_time_second,current_ampere\n0,1\n1,\n", "line 3, column 2 .*missing value"),
        ("test_time_second,current_ampere\n0,1\n1,5000\n", "line 3, .*milliamperes"),
      ])
    func currentFiles(_ text: String, _ part: String) throws {
      let path = try write(text)
      let program = try simulate(["--current", path, "--out", out, "--json"])
      #expect(program.end() == 2)
      #expect(program.output.isEmpty)
      #expect(program.error.split(separator: "\n").count == 1, "\(program.error)")
      #expect(
        try Regex("lockstep: .*in\\.csv.*\(part).*\n").wholeMatch(in: program.error) != nil,
        "\(program.error)")
      #expect(try names() == ["in.csv"])
    }

    @Test("places: no folder, a folder, an input under another name")
    func places() throws {
      let path = try write("test_time_second,current_ampere\n0,0\n1,0\n")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/link.csv", withDestinationPath: path)
      for (out, part) in [
        ("/nowhere/o.csv", "--out: /nowhere/o.csv: cannot be written: No such file or directory"),
        (folder.path, "stands there and is not a file"), (path, "is the input file"),
        (folder.path + "/link.csv", "is the input file"),
      ] {
        let program = try simulate(["--current", path, "--out", out])
        #expect(program.end() == 2)
        #expect(program.error.contains(part), "\(program.error)")
      }
      #expect(try names() == ["in.csv", "link.csv"])
    }

    @Test("SIGTERM ends it with 130 and takes the unfinished file away")
    func stopped() throws {
      let program = try Program(
        [
          "simulate", "--cell", "chen2020", "--mesh", "fine", "--period", "0.01", "--soc", "0.5",
          "--step", "Rest for 24 h", "--out", out,
        ], environment: [:], log: folder.path + "/stop")
      try #require(Patience.until { (try? names())?.contains { $0.hasSuffix(".partial") } == true })
      program.send(SIGTERM)
      #expect(program.end() == 130)
      #expect(try names() == [])
    }

    @Test("--help shows an example that runs")
    func help() throws {
      let help = try Program(["simulate", "--help"], environment: [:], log: folder.path + "/help")
      #expect(help.end() == 0)
      #expect(help.output.contains("lockstep simulate --cell chen2020 --step"))
    }
  }
}
