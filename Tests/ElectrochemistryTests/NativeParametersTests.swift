import Electrochemistry
import Foundation
import Kernels
import Profiles
import Quantities
import Testing

/// The shipped cells hold what PyBaMM's own models use of the sets they were written from
/// (fixtures/pybamm/native_parameters.py tells how the numbers were got).
struct NativeParametersTests {
  struct Native: Decodable {
    struct Cell: Decodable {
      let electrodeArea, electrodePairs, nominalCapacity, lowerCutoff, upperCutoff: Double
      let contactResistance: Double
      let heatCapacity, cooling: Double?
    }
    struct Separator: Decodable {
      let thickness, porosity, transportEfficiency: Double
    }
    struct Electrolyte: Decodable {
      struct Warm: Decodable {
        let temperature, concentration: [Double]
        let diffusivity, conductivity: [[Double]]
      }
      let initialConcentration, cationTransferenceNumber: Double
      let concentration, diffusivity, conductivity: [Double]
      let warm: Warm
    }
    struct Electrode: Decodable {
      struct Exchange: Decodable {
        let concentration: [Double]
        let density: [[Double]]
      }
      struct Warm: Decodable {
        let temperature, stoichiometry: [Double]
        let diffusivity, exchangeCurrent: [[Double]]
      }
      let thickness, porosity, transportEfficiency, conductivity, surfaceArea: Double
      let particleRadius, maximumConcentration, minimumStoichiometry: Double
      let maximumStoichiometry: Double
      let stoichiometry, openCircuitPotential, entropicChange, diffusivity: [Double]
      let exchangeCurrent: Exchange
      let warm: Warm
    }
    let cell: Cell
    let separator: Separator
    let electrolyte: Electrolyte
    let negative, positive: Electrode
  }

  static let sets = [
    "Chen2020", "Marquis2019", "OKane2022", "Prada2013", "Ecker2015", "NCA_Kim2011",
  ]

  private func both(_ set: String) throws -> (CellParameters, Native) {
    let name = set.lowercased().replacingOccurrences(of: "_", with: "-")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(
      contentsOf: URL(filePath: Fixtures.path("fixtures/pybamm/parameters/\(set).json")))
    return (
      try CellFile.load(Fixtures.path("profiles/cells/\(name).json")),
      try decoder.decode(Native.self, from: data)
    )
  }

  private func arrhenius(_ energy: Double, _ temperature: Double, _ cell: CellParameters) -> Double
  {
    exp(energy / PhysicalConstants.gas * (1 / cell.referenceTemperature - 1 / temperature))
  }

  /// j0, A/m2.
  private func exchangeCurrent(
    _ electrode: ElectrodeParameters, _ cell: CellParameters, at x: Double, _ concentration: Double,
    _ temperature: Double
  ) -> Double {
    PhysicalConstants.faraday * electrode.reactionRateConstant
      * arrhenius(electrode.reactionRateConstantActivationEnergy, temperature, cell)
      * (concentration / cell.electrolyte.initialConcentration * x * (1 - x)).squareRoot()
  }

  /// Relative difference of what is found from what is wanted.
  private func off(_ found: Double, _ wanted: Double) -> Double {
    abs(found - wanted) / max(abs(wanted), .leastNormalMagnitude)
  }

  @Test("numbers of the cell are the set's", arguments: sets)
  func scalars(set: String) throws {
    let (cell, native) = try both(set)
    #expect(off(cell.electrodeArea, native.cell.electrodeArea) < 1e-12)
    #expect(Double(cell.electrodePairs) == native.cell.electrodePairs)
    #expect(cell.nominalCapacity.value == native.cell.nominalCapacity)
    #expect(cell.lowerVoltageCutoff.value == native.cell.lowerCutoff)
    #expect(cell.upperVoltageCutoff.value == native.cell.upperCutoff)
    #expect(cell.contactResistance == native.cell.contactResistance)
    // Prada2013 has no thermal data.
    if let capacity = native.cell.heatCapacity, let cooling = native.cell.cooling {
      #expect(off(cell.heatCapacity, capacity) < 1e-12)
      #expect(off(cell.coolingArea * cell.heatTransferCoefficient, cooling) < 1e-12)
    } else {
      #expect(set == "Prada2013")
    }
    #expect(cell.initialTemperature == 298.15 && cell.ambientTemperature == 298.15)
    #expect(cell.separator.thickness == native.separator.thickness)
    #expect(cell.separator.porosity == native.separator.porosity)
    #expect(off(cell.separator.transportEfficiency, native.separator.transportEfficiency) < 1e-12)
    #expect(cell.electrolyte.initialConcentration == native.electrolyte.initialConcentration)
    #expect(
      cell.electrolyte.cationTransferenceNumber == native.electrolyte.cationTransferenceNumber)
    for (ours, theirs) in [(cell.negative, native.negative), (cell.positive, native.positive)] {
      #expect(ours.thickness == theirs.thickness && ours.porosity == theirs.porosity)
      #expect(off(ours.transportEfficiency, theirs.transportEfficiency) < 1e-12)
      #expect(off(ours.conductivity, theirs.conductivity) < 1e-12)
      #expect(off(ours.surfaceAreaPerUnitVolume, theirs.surfaceArea) < 1e-12)
      #expect(off(ours.particleRadius, theirs.particleRadius) < 1e-12)
      #expect(ours.maximumConcentration == theirs.maximumConcentration)
      // Theirs are solved for, to 1e-6 V.
      #expect(abs(ours.minimumStoichiometry - theirs.minimumStoichiometry) < 1e-9)
      #expect(abs(ours.maximumStoichiometry - theirs.maximumStoichiometry) < 1e-9)
      #expect(ours.anodicTransferCoefficient == 0.5 && ours.cathodicTransferCoefficient == 0.5)
    }
  }

  @Test("functions of stoichiometry are the set's at 25 degC", arguments: sets)
  func electrodeFunctions(set: String) throws {
    let (cell, native) = try both(set)
    for (ours, theirs) in [(cell.negative, native.negative), (cell.positive, native.positive)] {
      var worst = (potential: 0.0, entropic: 0.0, diffusivity: 0.0, exchange: 0.0)
      for (i, x) in theirs.stoichiometry.enumerated() {
        // Where NCA's potential falls by volts, its curve ends before the grid does.
        if ours.openCircuitPotential.curve.range.contains(x) {
          worst.potential = max(
            worst.potential,
            abs(ours.openCircuitPotential.curve.value(at: x) - theirs.openCircuitPotential[i]))
        }
        worst.entropic = max(
          worst.entropic, abs(ours.entropicChange.curve.value(at: x) - theirs.entropicChange[i]))
        worst.diffusivity = max(
          worst.diffusivity, off(ours.diffusivity.curve.value(at: x), theirs.diffusivity[i]))
        for (c, row) in zip(theirs.exchangeCurrent.concentration, theirs.exchangeCurrent.density) {
          worst.exchange = max(
            worst.exchange, off(exchangeCurrent(ours, cell, at: x, c, 298.15), row[i]))
        }
      }
      #expect(worst.potential <= 1e-6)
      let (range, margin) = (
        ours.openCircuitPotential.curve.range,
        0.01 * (ours.maximumStoichiometry - ours.minimumStoichiometry)
      )
      #expect(range.lowerBound <= max(0.001, ours.minimumStoichiometry - margin))
      #expect(range.upperBound >= min(0.999, ours.maximumStoichiometry + margin))
      // 1e-10 V/K is 0.01 uV in 100 K.
      #expect(worst.entropic <= 1.1e-10)
      #expect(worst.diffusivity <= 1e-6)
      #expect(worst.exchange <= 1e-10)
    }
  }

  @Test("functions of concentration are the set's at 25 degC", arguments: sets)
  func electrolyteFunctions(set: String) throws {
    let (cell, native) = try both(set)
    let theirs = native.electrolyte
    for (i, c) in theirs.concentration.enumerated() {
      #expect(off(cell.electrolyte.diffusivity.curve.value(at: c), theirs.diffusivity[i]) <= 1e-6)
      #expect(off(cell.electrolyte.conductivity.curve.value(at: c), theirs.conductivity[i]) <= 1e-6)
    }
  }

  /// Relative error of the electrolyte at 0 and 45 degC, from half to one and a half of the
  /// concentration at rest, where the set is not plain Arrhenius. As the files' descriptions say.
  static let notArrhenius = ["Ecker2015": 0.004, "NCA_Kim2011": 0.2]

  @Test("temperature does what it does in the set, or what the file says", arguments: sets)
  func temperature(set: String) throws {
    let (cell, native) = try both(set)
    for (ours, theirs) in [(cell.negative, native.negative), (cell.positive, native.positive)] {
      for (k, temperature) in theirs.warm.temperature.enumerated() {
        for (i, x) in theirs.warm.stoichiometry.enumerated() {
          let diffusivity =
            ours.diffusivity.curve.value(at: x)
            * arrhenius(ours.diffusivityActivationEnergy, temperature, cell)
          #expect(off(diffusivity, theirs.warm.diffusivity[k][i]) <= 1e-6)
          let exchange = exchangeCurrent(
            ours, cell, at: x, cell.electrolyte.initialConcentration, temperature)
          #expect(off(exchange, theirs.warm.exchangeCurrent[k][i]) <= 1e-6)
        }
      }
    }
    let (ours, warm) = (cell.electrolyte, native.electrolyte.warm)
    var worst = 0.0
    for (k, temperature) in warm.temperature.enumerated() {
      for (i, c) in warm.concentration.enumerated() {
        let diffusivity =
          ours.diffusivity.curve.value(at: c)
          * arrhenius(ours.diffusivityActivationEnergy, temperature, cell)
        let conductivity =
          ours.conductivity.curve.value(at: c)
          * arrhenius(ours.conductivityActivationEnergy, temperature, cell)
        let error = max(
          off(diffusivity, warm.diffusivity[k][i]), off(conductivity, warm.conductivity[k][i]))
        if temperature == 298.15 { #expect(error <= 1e-6) }
        worst = max(worst, error)
      }
    }
    #expect(worst <= Self.notArrhenius[set] ?? 1e-6)
  }
}
