import Electrochemistry
import Foundation
import Profiles
import Testing
import VirtualRig

/// Benches of seven instruments around a Chen2020 cell, and their files.
enum Fixture {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func cell() throws -> CellParameters {
    try CellFile.load(root + "/profiles/cells/chen2020.json")
  }

  /// The demo's bench, or another made of it.
  enum Bench {
    case demo
    /// Two relays side by side for the contactor.
    case relayPair
    /// A KP184 for a load, a 34401A beside the meter.
    case kunkin
    /// A PSB 10000 for supply and load, a 34401A beside the meter.
    case bidirectional
  }

  static func benchFile(_ bench: Bench = .demo) throws -> BenchFile {
    var text = try String(contentsOfFile: root + "/profiles/benches/demo.toml", encoding: .utf8)
    let multimeter =
      "[instrument.dmm]\nprofile = \"agilent-34401a\"\nport = \"rig\"\nrole = \"meter\"\n\n"
    if bench == .relayPair {
      text = text.replacing("waveshare-relay", with: "waveshare-relay-pair")
    }
    if bench == .kunkin || bench == .bidirectional {
      text = text.replacing("[instrument.thermo]", with: multimeter + "[instrument.thermo]")
    }
    if bench == .kunkin { text = text.replacing("maynuo-m97", with: "kunkin-kp184") }
    if bench == .bidirectional {
      text = text.replacing("two-relays", with: "bidirectional")
        .replacing("[instrument.psu]", with: "[instrument.psb]")
        .replacing("riden-rd6006", with: "ea-psb10000")
        .replacing("role = \"source\"", with: "role = \"bidirectional\"")
      let load = try #require(text.range(of: "[instrument.load]"))
      let next = try #require(text.range(of: "[instrument.dmm]"))
      text.removeSubrange(load.lowerBound..<next.lowerBound)
    }
    return try BenchFile(TomlDocument(text: text, file: root + "/profiles/benches/demo.toml"))
  }

  /// A plant on the coarse mesh; `extra` is added at the file's end.
  static func plantFile(
    _ extra: String = "", top: String = "", charge: String = "60 %", step: String = "100 ms",
    model: String = "spme", tcp: String = "[\"psu\"]"
  ) throws -> PlantFile {
    let text = """
      schema = 1
      cell = "chen2020"
      tcp = \(tcp)
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
    _ plant: PlantFile, bench: Bench = .demo, faults: String? = nil, seed: UInt64 = 1,
    pace: Pace = .stepped, truth: String? = nil, links: String? = nil, trap: SignalTrap? = nil
  ) throws -> RigConfiguration {
    try RigConfiguration(
      bench: benchFile(bench), plant: plant, cell: cell(), faults: faults.map(faultFile),
      seed: seed, pace: pace, truthPath: truth, links: links, trap: trap)
  }

  static func faultFile(_ faults: String) throws -> FaultFile {
    try FaultFile(TomlDocument(text: "schema = 1\n" + faults, file: "faults.toml"))
  }

  static func bench(
    _ bench: Bench, faults: String? = nil, seed: UInt64 = 1
  ) throws -> TestBench {
    let plant = try plantFile(tcp: "[]")
    let configuration = try configuration(plant, bench: bench, faults: faults, seed: seed)
    return TestBench(
      bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
  }

  static func bench(
    _ plant: PlantFile? = nil, faults: String? = nil, seed: UInt64 = 1, truth: String? = nil
  ) throws -> TestBench {
    let configuration = try configuration(
      plant ?? plantFile(), faults: faults, seed: seed, truth: truth)
    return TestBench(
      bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
  }
}
