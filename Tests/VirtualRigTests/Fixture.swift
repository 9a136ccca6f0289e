import Electrochemistry
import Foundation
import Profiles
import VirtualRig

/// A bench of seven instruments around a Chen2020 cell, without ports.
enum Fixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func cell() throws -> CellParameters {
    try CellFile.load(root + "/profiles/cells/chen2020.json")
  }

  static func benchFile() throws -> BenchFile {
    try BenchFile(path: root + "/profiles/benches/demo.toml")
  }

  /// A plant on the coarse mesh; `extra` is added at the file's end.
  static func plantFile(
    _ extra: String = "", top: String = "", charge: String = "60 %", step: String = "100 ms",
    model: String = "spme"
  ) throws -> PlantFile {
    let text = """
      schema = 1
      cell = "chen2020"
      tcp = ["psu"]
      lead_resistance = "15 mOhm"
      \(top)
      [model]
      name = "\(model)"
      mesh = "coarse"
      internal_step = "\(step)"
      [initial]
      state_of_charge = "\(charge)"
      ambient = "25 degC"
      \(extra)
      """
    return try PlantFile(TomlDocument(text: text, file: "plant.toml"))
  }

  static func configuration(
    _ plant: PlantFile, seed: UInt64 = 1, pace: Pace = .stepped, truth: String? = nil,
    trap: SignalTrap? = nil
  ) throws -> RigConfiguration {
    try RigConfiguration(
      bench: benchFile(), plant: plant, cell: cell(), seed: seed, pace: pace, truthPath: truth,
      trap: trap)
  }

  static func bench(
    _ plant: PlantFile? = nil, seed: UInt64 = 1, truth: String? = nil
  ) throws -> TestBench {
    let configuration = try configuration(plant ?? plantFile(), seed: seed, truth: truth)
    return TestBench(
      bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
  }
}
