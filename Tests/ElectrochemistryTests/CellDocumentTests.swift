import Electrochemistry
import Foundation
import Kernels
import Profiles
import Quantities
import Testing

/// What is read can be written, and reads the same again.
struct CellDocumentTests {
  static let cells = [
    "chen2020", "ecker2015", "marquis2019", "nca-kim2011", "okane2022", "prada2013",
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: Fixtures.path("profiles/cells/\(name).json"), encoding: .utf8)
  }

  private func document(_ name: String) throws -> CellDocument {
    try CellDocument(Array(try text(name).utf8), file: name)
  }

  /// Every number of a cell, functions at a few points.
  private func numbers(_ cell: CellParameters) -> [Double] {
    func values(_ function: ParameterFunction, _ points: [Double]) -> [Double] {
      points.map { function.curve.value(at: $0) * function.factor + function.offset }
    }
    var all = [
      cell.nominalCapacity.value, cell.lowerVoltageCutoff.value, cell.upperVoltageCutoff.value,
      cell.electrodeArea, Double(cell.electrodePairs), cell.referenceTemperature,
      cell.heatCapacity, cell.coolingArea, cell.heatTransferCoefficient, cell.contactResistance,
      cell.initialStateOfCharge, cell.initialTemperature, cell.ambientTemperature,
      cell.separator.thickness, cell.separator.porosity, cell.separator.transportEfficiency,
      cell.electrolyte.initialConcentration, cell.electrolyte.cationTransferenceNumber,
      cell.electrolyte.diffusivityActivationEnergy,
      cell.electrolyte.conductivityActivationEnergy,
    ]
    let concentrations = [300.0, 1000, 1700]
    all += values(cell.electrolyte.diffusivity, concentrations)
    all += values(cell.electrolyte.conductivity, concentrations)
    for electrode in [cell.negative, cell.positive] {
      all += [
        electrode.thickness, electrode.conductivity, electrode.porosity,
        electrode.transportEfficiency,
        electrode.surfaceAreaPerUnitVolume * electrode.activeFraction,
        electrode.particleRadius, electrode.maximumConcentration,
        electrode.minimumStoichiometry, electrode.maximumStoichiometry,
        electrode.diffusivityActivationEnergy, electrode.reactionRateConstant,
        electrode.reactionRateConstantActivationEnergy, electrode.anodicTransferCoefficient,
        electrode.cathodicTransferCoefficient,
      ]
      for function in [
        electrode.openCircuitPotential, electrode.diffusivity, electrode.entropicChange,
        electrode.lithiationPotential, electrode.delithiationPotential,
      ] {
        if let function { all += values(function, [0.3, 0.5, 0.8]) }
      }
    }
    return all
  }

  @Test("a shipped cell, written and read again, is the same cell", arguments: cells)
  func roundTrip(name: String) throws {
    let first = try document(name)
    let second = try CellDocument(first.encoded, file: name)
    #expect(numbers(second.parameters) == numbers(first.parameters))
    #expect(second.parameters.title == first.parameters.title)
    #expect(second.parameters.references == first.parameters.references)
    #expect(second.encoded == first.encoded)
    let fields = try JSONSerialization.jsonObject(with: Data(first.encoded)) as? NSDictionary
    let original =
      try JSONSerialization.jsonObject(with: Data(try text(name).utf8)) as? NSDictionary
    #expect(fields != nil && fields == original)
  }

  @Test("own fields, records and odd text are kept to the letter")
  func verbatim() throws {
    let own = """
      "User-defined": {"Negative electrode SEI thickness [m]": 5.00e-09, "Rate": "2*x",
       "More": {"description": "\\"quoted\\", \\u00b5m, \\\\ and\\ttab", "t": {"x": [0, 1], "y": [1, 2.50]}}},
      """
    let text = try text("chen2020").replacingOccurrences(
      of: "\"Separator\": {", with: own + "\"Separator\": {")
    let written = String(
      decoding: try CellDocument(Array(text.utf8), file: "cell").encoded, as: UTF8.self)
    for words in ["5.00e-09", "\"2*x\"", "[1, 2.50]", "\\\"quoted\\\", µm, \\\\ and\\u0009tab"] {
      #expect(written.contains(words), "\(words)")
    }
  }

  @Test(
    "a scaled document is the scaled cell, each parameter alone", arguments: ParameterName.allCases)
  func scaled(name: ParameterName) throws {
    for cell in ["chen2020", "prada2013"] {
      let document = try document(cell)
      // Downwards: upwards some fractions would leave their bounds.
      let found = numbers(try document.scaled([name: 0.9]).parameters)
      let wanted = numbers(document.parameters.scaled([name: 0.9]))
      for (a, b) in zip(found, wanted) { #expect(abs(a - b) <= 1e-9 * abs(b), "\(name)") }
      if name != .contactResistance, !name.rawValue.contains("activation_energy") {
        #expect(found != numbers(document.parameters))
      }
    }
  }

  @Test("a factor that leaves the bounds is refused where the parameter stands")
  func outOfBounds() throws {
    let document = try document("chen2020")
    let error = #expect(throws: ProfileError.self) {
      try document.scaled([.negativePorosity: 5])
    }
    #expect(error?.key == "Parameterisation.Negative electrode.Porosity")
    for factor in [0, -1, Double.nan, .infinity] {
      #expect(throws: ProfileError.self) { try document.scaled([.electrodeArea: factor]) }
    }
  }

  @Test("what we write is what the bpx package was shown")
  func writtenFixture() throws {
    let own = """
      "User-defined": {"Contact resistance [Ohm]": 0.01, "Mine": {"x": [0, 1], "y": [2, 3]}},
      """
    let table = "\"Diffusivity [m2.s-1]\": {\"x\": [0, 1], \"y\": [3e-14, 4e-14]}"
    let text = try text("chen2020")
      .replacingOccurrences(of: "\"Separator\": {", with: own + "\"Separator\": {")
      .replacingOccurrences(of: "\"Diffusivity [m2.s-1]\": 3.3e-14", with: table)
    let scaled = try CellDocument(Array(text.utf8), file: "cell").scaled([
      .negativeDiffusivity: 1.25, .electrolyteConductivity: 0.8, .contactResistance: 1.5,
      .positiveReactionRateConstant: 2, .heatTransferCoefficient: 1.1,
    ])
    let path = Fixtures.path("fixtures/bpx/written.json")
    if ProcessInfo.processInfo.environment["LOCKSTEP_WRITE_FIXTURES"] != nil {
      try Data(scaled.encoded).write(to: URL(filePath: path))
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(scaled.encoded))
  }
}
