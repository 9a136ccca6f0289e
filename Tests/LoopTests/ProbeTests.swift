import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// `lockstep probe` on a rig's ports.
  @Suite("Probe", .serialized)
  struct ProbeTests {
    private struct Document: Decodable {
      struct Device: Decodable {
        struct Value: Decodable {
          var name: String
          var value: Double?
        }
        var name: String
        var refusals: [String]
        var values: [Value]
      }
      var instruments: [Device]
    }

    @Test("reads every instrument of the demo's bench, and finds the same again")
    func rig() throws {
      let bench = try LoopBench()
      var settings: [[Double?]] = []
      for _ in 0..<2 {
        let probe = try bench.finished(
          ["probe", bench.benchPath, "--json"] + bench.portWords())
        #expect(probe.end() == 0, "\(probe.error)")
        let document = try JSONDecoder().decode(Document.self, from: Data(probe.output.utf8))
        #expect(
          document.instruments.map(\.name) == [
            "psu", "load", "thermo", "meter", "contactor", "pace", "chamber",
          ])
        #expect(document.instruments.allSatisfy { $0.refusals.isEmpty && !$0.values.isEmpty })
        let written = ["output", "voltage_setpoint", "over_voltage_limit", "input_on", "closed"]
        settings.append(
          document.instruments.flatMap(\.values).filter { written.contains($0.name) }.map(\.value))
      }
      #expect(settings[0] == settings[1])
      // Both supply and load have an over-voltage limit.
      #expect(settings[0].count == 6)
    }

    @Test("a port that does not answer is a line and status 3; the others are read")
    func unplugged() throws {
      let bench = try LoopBench()
      let probe = try bench.finished(
        ["probe", bench.benchPath] + bench.portWords(["meter": bench.folder.path + "/none"]))
      #expect(probe.end() == 3)
      #expect(probe.output.contains("would be refused: port "), "\(probe.output)")
      #expect(probe.output.contains("model_id = 6006"), "\(probe.output)")
    }

    @Test("lists the serial ports that the kernel has, and no pseudo-terminal")
    func ports() throws {
      let bench = try LoopBench()
      let list = try bench.finished(["probe", "--ports"])
      #expect(list.end() == 0, "\(list.error)")
      let paths = list.output.split(separator: "\n").filter { $0.hasPrefix("/") }.map {
        $0.prefix { $0 != " " }
      }
      #expect(!paths.isEmpty || list.output == "no serial ports\n")
      for path in paths {
        let name = path.split(separator: "/").last ?? ""
        #expect(FileManager.default.fileExists(atPath: "/sys/class/tty/\(name)"))
        #expect(!path.hasPrefix("/dev/pts/"))
      }
    }

    @Test(
      "bad usage is status 2 and one line",
      arguments: [[], ["demo", "--ports"], ["demo"], ["/no/such.toml"], ["--ports", "--remote"]])
    func usage(_ words: [String]) throws {
      let bench = try LoopBench()
      let probe = try bench.finished(["probe"] + words)
      #expect(probe.end() == 2, "\(probe.output)")
      #expect(probe.error.split(separator: "\n").count == 1, "\(probe.error)")
    }
  }
}
