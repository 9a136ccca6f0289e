import Foundation
import Testing

extension LoopTests {
  /// `lockstep check`: everything that can be known without opening a port.
  @Suite("Check", .serialized)
  struct CheckTests {
    private func check(
      _ bench: LoopBench, _ words: [String], edit: (String) -> String = { $0 }
    ) throws -> Program {
      let text = edit(try LoopBench.shipped("benches/demo.toml"))
      return try bench.finished(["check", try bench.write(text, to: "checked.toml")] + words)
    }

    private func object(_ program: Program) throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    @Test("the demo is fine, and its forecast is that of plain arithmetic on its own protocol")
    func demo() throws {
      let bench = try LoopBench()
      let program = try check(bench, ["charge", "--json"])
      #expect(program.end() == 0, "\(program.error)")
      let report = try object(program)
      #expect(report["violations"] as? Int == 0)
      let forecast = try #require(report["forecast"] as? [[String: Any]])
      #expect(forecast.count == 3)
      let first = forecast[0]
      // Steps of the protocol: 1C = 5 A both ways, holds at 4.2 V, ends at 10 %.
      #expect(abs((first["current_maximum_ampere"] as? Double ?? 0) - 5) < 1e-6)
      #expect(abs((first["current_minimum_ampere"] as? Double ?? 0) + 5) < 1e-6)
      #expect(abs((first["voltage_maximum_volt"] as? Double ?? 0) - 4.2) < 1e-3)
      #expect(abs((first["state_of_charge_final"] as? Double ?? 0) - 0.1) < 1e-3)
      // From 60 % to 100 % and down to 10 % at C/3 takes 2.7 h; the charge at least 1 h more.
      let hours = (first["duration_second"] as? Double ?? 0) / 3600
      #expect((3.5...7).contains(hours), "\(hours)")
      #expect(forecast[2]["reason"] as? String != nil)
    }

    @Test(
      "SAF-004: a limit that the forecast breaks ends with 1 and says which, when and by how much")
    func breaks() throws {
      let bench = try LoopBench()
      // At 2 degC the cell's table allows 1.5 A; the protocol asks for 3 A.
      let job = try bench.protocolFile(["Rest for 1 minute", "Charge at 3 A for 10 minutes"])
      let program = try check(bench, [job, "--ambient", "2", "--soc", "0.3"])
      #expect(program.end() == 1)
      let line = try #require(program.ownErrors.last)
      #expect(
        line.contains(
          "charge current by temperature: 3.0 A, allowed 1.5 A, past by 1.5 A, 60.0 s into the phase"
        ),
        "\(line)")
      // The same in the warm is allowed.
      #expect(try check(bench, [job, "--ambient", "30", "--soc", "0.3"]).end() == 0)
      let cold = try check(bench, [job, "--ambient", "-5", "--soc", "0.3", "--json"])
      #expect(cold.end() == 1)
      let phases = try #require(try object(cold)["forecast"] as? [[String: Any]])
      let found = (phases[0]["breaks"] as? [[String: Any]])?.compactMap { $0["limit"] as? String }
      #expect(found?.contains("charge_temperature low") == true, "\(found ?? [])")
    }

    @Test("SAF-003: a limit that does not nest is refused with the line of both")
    func nesting() throws {
      let bench = try LoopBench()
      let wide = try check(bench, ["charge"]) {
        $0.replacingOccurrences(
          of: "trip = [\"-6.6 A\", \"6.6 A\"]", with: "trip = [\"-9 A\", \"9 A\"]")
      }
      #expect(wide.end() == 2)
      let form =
        #/lockstep: .+checked\.toml:\d+: limit\.current: .+ ratings .+riden-rd6006\.toml:\d+.+\.toml:\d+\)/#
      #expect(wide.ownErrors.first?.wholeMatch(of: form) != nil, "\(wide.ownErrors)")
      let narrow = try check(bench, ["charge"]) {
        $0.replacingOccurrences(
          of: "operate = [\"2.5 V\", \"4.2 V\"]", with: "operate = [\"2.5 V\", \"4.1 V\"]")
      }
      #expect(narrow.end() == 2)
      let both = #/lockstep: .+limits\.toml:\d+: voltage: .+\(.+checked\.toml:\d+\)/#
      #expect(narrow.ownErrors.first?.wholeMatch(of: both) != nil, "\(narrow.ownErrors)")
    }

    @Test(
      "SAF-014 SAF-015: a bench of real ports must declare fuse, two contactors in series and E-stop",
      arguments: [
        ("", "wiring.fuse: missing"),
        ("fuse = \"10 A\"", "wiring.contactors_in_series: 1: two in series are wanted"),
        ("fuse = \"10 A\"\ncontactors_in_series = 2", "wiring.emergency_stop: true is wanted"),
        ("fuse = \"2 A\"\ncontactors_in_series = 2", "the fuse would go first"),
      ])
    func protection(_ declared: String, _ words: String) throws {
      let bench = try LoopBench()
      let program = try check(bench, ["charge"]) { text in
        text.replacingOccurrences(
          of: "kind = \"two-relays\"", with: "kind = \"two-relays\"\n\(declared)"
        ).replacingOccurrences(
          of: "profile = \"riden-rd6006\"\nport = \"rig\"",
          with: "profile = \"riden-rd6006\"\nport = \"/dev/serial/by-path/a\"")
      }
      #expect(program.end() == 2)
      #expect(program.ownErrors.first?.contains(words) == true, "\(program.ownErrors)")
    }

    @Test("SAF-016: a supply that senses at the tabs is limited to 50 mV above the cell's maximum")
    func remoteSense() throws {
      let bench = try LoopBench()
      let plain = try check(bench, ["charge", "--json"])
      let sensing = try check(bench, ["charge", "--json"]) {
        $0.replacingOccurrences(
          of: "kind = \"two-relays\"", with: "kind = \"two-relays\"\nremote_sense = true")
      }
      #expect(plain.end() == 0 && sensing.end() == 0, "\(sensing.error)")
      #expect((try object(plain)["over_voltage_limit_volt"] as? Double ?? 0) > 4.3)
      let limit = try #require(try object(sensing)["over_voltage_limit_volt"] as? Double)
      #expect(limit <= 4.25 + 1e-9 && limit > 4.2)
      let ceiling = try #require(try object(sensing)["source_ceiling_volt"] as? Double)
      #expect(ceiling <= 4.2)
      let diode = try check(bench, ["charge"]) {
        $0.replacingOccurrences(
          of: "kind = \"two-relays\"", with: "kind = \"blocking-diode\"\nremote_sense = true")
      }
      #expect(diode.end() == 2)
      #expect(diode.ownErrors.first?.contains("wiring.remote_sense: true: a supply behind") == true)
    }

    @Test("two devices on one port, and a scan that the wire cannot carry, are refused")
    func bus() throws {
      let bench = try LoopBench()
      let shared = try check(bench, ["charge"]) { text in
        var text = text
        for name in ["comwintop-mb8art", "generic-modbus-float-meter"] {
          text = text.replacingOccurrences(
            of: "profile = \"\(name)\"\nport = \"rig\"",
            with: "profile = \"\(name)\"\nport = \"/dev/serial/by-path/a\"")
        }
        return text
      }
      #expect(shared.end() == 2)
      #expect(shared.ownErrors.first?.contains("the port of thermo") == true, "\(shared.ownErrors)")
      let fast = try check(bench, ["charge"]) {
        $0.replacingOccurrences(of: "scan = \"1 s\"", with: "scan = \"10 ms\"")
      }
      #expect(fast.end() == 2)
      #expect(fast.ownErrors.first?.contains("the wire alone takes") == true, "\(fast.ownErrors)")
    }
  }
}
