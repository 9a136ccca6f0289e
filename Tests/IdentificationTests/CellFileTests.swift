import Electrochemistry
import Foundation
import Identification
import Profiles
import Quantities
import Records
import Testing

/// The cell files that were fitted to records.
struct CellFileTests {
  static let names = ["lg-m50", "lg-hg2"]
  static let faraday = 96485.33212

  @Test("an electrode's window holds the rated capacity, both the same", arguments: names)
  func capacity(name: String) throws {
    let cell = try Fixture.cell(name)
    func hours(_ electrode: ElectrodeParameters) -> Double {
      let window = electrode.maximumStoichiometry - electrode.minimumStoichiometry
      let area = cell.electrodeArea * Double(cell.electrodePairs)
      return electrode.sites * window * area * Self.faraday / 3600
    }
    let (negative, positive) = (hours(cell.negative), hours(cell.positive))
    #expect((negative / positive - 1).magnitude < 1e-6)
    // Rated and delivered capacity differ: by what is rated at C/5 to an end above the cut-off.
    #expect((negative / cell.nominalCapacity.value - 1).magnitude < 0.12, "\(negative) A h")
  }

  @Test("full and empty are where the open-circuit voltage is at the cut-offs", arguments: names)
  func cutoffs(name: String) throws {
    let cell = try Fixture.cell(name)
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    for (soc, voltage) in [(0, cell.lowerVoltageCutoff), (1, cell.upperVoltageCutoff)] {
      let (n, p) = model.stoichiometries(stateOfCharge: Double(soc))
      let found = model.openCircuitVoltage(
        negative: n, positive: p, temperature: cell.referenceTemperature)
      // The file's expressions are read as splines within 1 uV each.
      #expect((found - voltage.value).magnitude < 1e-4, "\(found) V at \(soc)")
    }
  }

  @Test("open-circuit voltage rises with charge", arguments: names)
  func rising(name: String) throws {
    let cell = try Fixture.cell(name)
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    var last = -Double.infinity
    for k in 0...1000 {
      let (n, p) = model.stoichiometries(stateOfCharge: Double(k) / 1000)
      let voltage = model.openCircuitVoltage(
        negative: n, positive: p, temperature: cell.referenceTemperature)
      #expect(voltage > last, "\(voltage) V at \(Double(k) / 1000)")
      last = voltage
    }
  }

  @Test("each says how sure it is and is written as it was read", arguments: names)
  func document(name: String) throws {
    let bytes = try CellFile.bytes(Fixture.path("profiles/cells/\(name).json"))
    let document = try CellDocument(bytes, file: name)
    #expect(document.encoded == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"Standard deviation\""))
    #expect(document.parameters.references.contains("Kollmeyer") == (name == "lg-hg2"))
  }

  @Test("every model runs it at 1C", arguments: names, ["spm", "spme", "dfn"])
  func models(name: String, model: String) throws {
    let cell = try Fixture.cell(name)
    let rate = cell.nominalCapacity.value
    let end: Double
    switch model {
    case "spm", "spme":
      let kind: SingleParticleModel = model == "spm" ? .spm : .spme
      let spme = SPMe(cell, model: kind, mesh: .coarse, thermal: .lumped)
      var x = spme.rest(stateOfCharge: 0.9, temperature: 298.15)
      try spme.step(
        &x, current: -rate, ambient: 298.15, duration: 600, workspace: spme.makeWorkspace())
      end = try spme.outputs(x, current: -rate, ambient: 298.15).voltage
    default:
      let solver = try DFNSolver(cell)
      end = try solver.oneC(minutes: 10)
    }
    #expect((3.4...4.1).contains(end), "\(end) V")
  }
}
