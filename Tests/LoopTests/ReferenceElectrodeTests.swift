import Foundation
import JournalTestKit
import Testing

extension LoopTests {
  /// A real three-electrode cell: what its voltage says of the negative electrode, which nothing but a reference
  /// electrode can check.
  @Suite("Reference electrode", .serialized)
  struct ReferenceElectrodeTests {
    private static let parameters = [
      "negative_electrode.active_fraction", "positive_electrode.active_fraction",
      "lithium_inventory", "negative_electrode.diffusivity", "positive_electrode.diffusivity",
      "negative_electrode.reaction_rate_constant", "cell.contact_resistance",
    ]

    private let folder: TemporaryFolder
    private let lines: [Substring]

    init() throws {
      folder = try TemporaryFolder()
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      lines = try String(
        contentsOf: root.appending(
          path: "fixtures/lg-m50-three-electrode-gitt/GITT_pulses_01_26.bdf.csv"), encoding: .utf8
      ).split(separator: "\n")
    }

    /// Pulses of the record as a file.
    private func pulses(_ range: ClosedRange<Double>) throws -> String {
      let kept = lines.dropFirst().filter { line in
        line.split(separator: ",").last.flatMap { Double($0) }.map(range.contains) ?? false
      }
      let path = folder.path + "/\(UUID().uuidString).bdf.csv"
      try ([lines[0]] + kept).joined(separator: "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    private func identified(_ words: [String]) throws -> [String: Any] {
      let program = try Program(
        [
          "identify", "--cell", "m50-three-electrode", "--thermal", "isothermal", "--starts", "1",
          "--parameters", Self.parameters.joined(separator: ","), "--json",
        ] + words, environment: [:], log: folder.path + "/\(UUID().uuidString)")
      #expect(program.end() == 0, "\(program.error)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    private func negative(_ list: String, of report: [String: Any]) throws -> Double {
      let checks = try #require(report[list] as? [[String: Any]])
      return try #require(checks.first?["negative_potential_rmse_millivolt"] as? Double)
    }

    @Test(
      "from the cell's voltage over fourteen pulses the negative electrode is known to 8 mV in twelve others"
    )
    func voltageAlone() throws {
      let report = try identified([
        "--no-reference", "--data", try pulses(1...14), "--validate", try pulses(15...26),
      ])
      #expect(try negative("validation", of: report) < 8)
      #expect(try negative("fitted", of: report) < 8)
      #expect(try #require(report["validation_voltage_rmse_millivolt"] as? Double) < 10)
    }

    @Test(
      "fitted to, a reference electrode brings it closer, and no experiment is called blind to offsets"
    )
    func fitted() throws {
      let data = ["--data", try pulses(1...26)]
      let (without, with) = (try identified(data + ["--no-reference"]), try identified(data))
      #expect(try negative("fitted", of: with) < negative("fitted", of: without))
      let structural = try #require(with["combinations"] as? [[String: Any]]).filter {
        $0["kind"] as? String == "structural"
      }
      #expect(structural.isEmpty, "\(structural)")
    }
  }
}
