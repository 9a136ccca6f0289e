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

  @Test("every model discharges it at 1C for ten minutes, and all agree", arguments: names)
  func models(name: String) throws {
    let cell = try Fixture.cell(name)
    let solvers: [any CellSolver] = try [
      SingleParticleSolver(
        cell, model: .spm, mesh: .coarse, thermal: .lumped, relativeTolerance: 1e-4),
      SingleParticleSolver(
        cell, model: .spme, mesh: .coarse, thermal: .lumped, relativeTolerance: 1e-4),
      DFNSolver(cell, mesh: .coarse, thermal: .lumped, relativeTolerance: 1e-4),
    ]
    let (n, p) = SPMe(cell, mesh: .coarse, thermal: .lumped).stoichiometries(stateOfCharge: 0.9)
    let voltages = try solvers.map { solver in
      try solver.start(negativeStoichiometry: n, positiveStoichiometry: p, temperature: 298.15)
      try solver.apply(.current(-cell.nominalCapacity.value), ambient: 298.15)
      _ = try solver.run(for: 600, stops: [], outputTimes: []) { _ in }
      return try solver.row().outputs.voltage
    }
    // The SPM has no electrolyte: at 1C that is worth tens of millivolts.
    #expect((voltages[0] - voltages[1]).magnitude < 0.1, "\(voltages)")
    #expect((voltages[1] - voltages[2]).magnitude < 0.03, "\(voltages)")
    #expect(voltages.allSatisfy { (3.4...4.1).contains($0) }, "\(voltages)")
  }
}
