import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// A design asks of a bench what it can do.
  @Suite("Designs for a bench")
  struct BenchDesignTests {
    /// Currents, A, and durations, s, of a design whose --max-current lies far above the bench's.
    private func steps(_ bench: [String]) throws -> [(current: Double, time: Double)] {
      let folder = try TemporaryFolder()
      let out = folder.path + "/excitation.toml"
      let program = try Program(
        [
          "design", "--cell", "chen2020", "--parameters", "electrolyte.diffusivity", "--duration",
          "10 min", "--soc", "0.6", "--max-current", "20 A", "--effort", "200", "--out", out,
        ] + bench, environment: [:], log: folder.path + "/log")
      #expect(program.end() == 0, "\(program.error)")
      let text = try String(contentsOfFile: out, encoding: .utf8)
      return text.matches(of: /(Dis)?[Cc]harge at ([0-9.]+) A for ([0-9.]+) s/).map {
        (Double($0.2) ?? .nan, Double($0.3) ?? .nan)
      }
    }

    @Test("no current past the bench's, no step shorter than five of its control periods")
    func bench() throws {
      let folder = try TemporaryFolder()
      let path = folder.path + "/slow.toml"
      let shipped = try LoopBench.shipped("benches/demo.toml")
      try shipped.replacingOccurrences(of: "control = \"1 s\"", with: "control = \"7 s\"").write(
        toFile: path, atomically: true, encoding: .utf8)
      let free = try steps([])
      #expect((free.map(\.current).max() ?? 0) > 6 && (free.map(\.time).min() ?? 99) < 35)
      let bound = try steps(["--bench", path])
      #expect(bound.count > 3)
      #expect(bound.allSatisfy { $0.current <= 6 && $0.time >= 35 }, "\(bound)")
    }

    @Test("a bench that is not there is one line")
    func missing() throws {
      let folder = try TemporaryFolder()
      let program = try Program(
        [
          "design", "--cell", "chen2020", "--parameters", "electrolyte.diffusivity", "--duration",
          "10 min", "--bench", "/no/bench.toml", "--out", folder.path + "/x.toml",
        ], environment: [:], log: folder.path + "/log")
      #expect(program.end() == 2 && program.error.contains("/no/bench.toml"))
      #expect(program.error.split(separator: "\n").count == 1)
    }
  }
}
