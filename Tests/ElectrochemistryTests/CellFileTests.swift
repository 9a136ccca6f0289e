import Electrochemistry
import Foundation
import Kernels
import Profiles
import Quantities
import Testing

/// The BPX reader: what it takes, and that everything else is refused in one line.
struct CellFileTests {
  static let file =
    (try? String(
      contentsOfFile: Fixtures.path("profiles/cells/chen2020.json"),
      encoding: .utf8)) ?? ""

  private func parse(_ text: String) throws -> CellParameters {
    try CellFile.parse(Array(text.utf8), file: "cell.json")
  }

  @Test("values arrive as they stand in the file")
  func values() throws {
    let cell = try Fixtures.chen2020()
    #expect(cell.nominalCapacity == AmpereHours(5))
    #expect(cell.lowerVoltageCutoff == Volts(2.5) && cell.upperVoltageCutoff == Volts(4.2))
    #expect(cell.negative.particleRadius == 5.86e-6)
    #expect(cell.positive.maximumConcentration == 63104)
    #expect(cell.electrolyte.cationTransferenceNumber == 0.2594)
    #expect(cell.separator.porosity == 0.47)
    #expect(abs(cell.heatCapacity - 1767.5743027888445 * 1000 * 2.42e-5) < 1e-9)
    #expect(cell.negative.diffusivity.curve.constant == 3.3e-14)
    #expect(cell.references.contains("10.1149/1945-7111/ab9050"))
  }

  @Test("open-circuit potentials are within 1 uV of their formulas")
  func potential() throws {
    let cell = try Fixtures.chen2020()
    func negative(_ x: Double) -> Double {
      1.9793 * exp(-39.3631 * x) + 0.2482 - 0.0909 * tanh(29.8538 * x - 3.68395892)
        - 0.04478 * tanh(14.9159 * x - 4.13021271) - 0.0205 * tanh(30.4444 * x - 18.58021732)
    }
    for i in 0...9_999 {
      let x = (Double(i) + 0.37) / 10_000
      let found = cell.negative.openCircuitPotential.curve.valueAndSlope(at: x).value
      #expect(abs(found - negative(x)) < 1e-6)
    }
    #expect(cell.negative.openCircuitPotential.curve.errorBound <= 1e-6)
    #expect(cell.positive.openCircuitPotential.curve.errorBound <= 1e-6)
  }

  @Test(
    "what the file format allows in a function means what it says",
    arguments: [
      ("\"2*x + 1\"", 0.75, 2.5), ("\"-x**2\"", 0.5, -0.25),
      ("\"2**3**x\"", 0.5, 3.3219970854839125), ("\"-2**2*x\"", 0.5, -2),
      ("\"(1 - x)/4*2\"", 0.5, 0.25), ("\"exp(-x) + tanh(2*x) - cosh(x)\"", 0, 0),
      ("\"1.5e-1*x\"", 0.2, 0.03), ("\"x**-1\"", 0.5, 2), ("7.5", 9, 7.5),
      ("{\"x\": [0, 1, 10], \"y\": [0, 1, 2]}", 5.5, 1.5),
    ])
  func functions(text: String, x: Double, expected: Double) throws {
    // A function with any value: a slope in kelvin has no bound of its own.
    let key = "\"Entropic change coefficient [V.K-1]\": 0.0"
    let range = Self.file.range(of: key)
    let changed = Self.file.replacingCharacters(
      in: try #require(range), with: "\"Entropic change coefficient [V.K-1]\": \(text)")
    let curve = try parse(changed).negative.entropicChange.curve
    #expect(abs(curve.valueAndSlope(at: x).value - expected) < 1e-8)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let says: [String]
    var testDescription: String { to }
    init(_ from: String, _ to: String, _ says: String...) {
      self.from = from
      self.to = to
      self.says = says
    }
  }

  static let refusals = [
    Refusal("\"BPX\": \"1.1.0\"", "\"BPX\": \"0.4.0\"", "Header.BPX", "0.x", "cell.json:3"),
    Refusal("\"BPX\": \"1.1.0\"", "\"BPX\": 0.4", "0.x"),
    Refusal("\"BPX\": \"1.1.0\"", "\"BPX\": \"2.0\"", "allowed: 1.x"),
    Refusal("\"Model\": \"DFN\"", "\"Model\": \"SPM\"", "Header.Model", "no electrolyte"),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": 1.25", "Negative electrode.Porosity", "1.25"),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": \"much\"", "Porosity", "number wanted"),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": 0.9", "Negative electrode", "fill more"),
    Refusal("\"Porosity\": 0.25", "\"Porosty\": 0.25", "unknown key", "did you mean \"Porosity\""),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": 0.25, \"Porosity\": 0.3", "twice"),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": NaN", "NaN"),
    Refusal("\"Porosity\": 0.25", "\"Porosity\": 1e999", "out of range"),
    Refusal("\"Porosity\": 0.25,", "", "Porosity", "missing"),
    Refusal("\"Thickness [m]\": 8.52e-05", "\"Thickness [m]\": -8e-5", "Thickness", "above 0"),
    Refusal(
      "\"Diffusivity [m2.s-1]\": 3.3e-14", "\"Diffusivity [m2.s-1]\": \"x - 0.5\"", "above 0"),
    Refusal(
      "\"Diffusivity [m2.s-1]\": 3.3e-14", "\"Diffusivity [m2.s-1]\": \"tan(x)\"", "exp, tanh"),
    Refusal("\"Diffusivity [m2.s-1]\": 3.3e-14", "\"Diffusivity [m2.s-1]\": \"(x\"", "bracket"),
    Refusal("\"Diffusivity [m2.s-1]\": 3.3e-14", "\"Diffusivity [m2.s-1]\": true", "a table"),
    Refusal(
      "\"Diffusivity [m2.s-1]\": 3.3e-14",
      "\"Diffusivity [m2.s-1]\": {\"x\": [0, 1, 0.5], \"y\": [1, 1, 1]}", "not increasing"),
    Refusal(
      "\"Diffusivity [m2.s-1]\": 3.3e-14",
      "\"Diffusivity [m2.s-1]\": \"\(String(repeating: "(", count: 500))x\"", "nested"),
    Refusal(
      "\"Minimum stoichiometry\": 0.02634579027064577", "\"Minimum stoichiometry\": 0.95", "below"),
    Refusal(
      "\"Lower voltage cut-off [V]\": 2.5", "\"Lower voltage cut-off [V]\": 4.5", "upper cut-off"),
    Refusal(
      "\"Number of electrode pairs connected in parallel to make a cell\": 1",
      "\"Number of electrode pairs connected in parallel to make a cell\": 1.5", "whole number"),
    Refusal("\"Separator\": {", "\"Seperator\": {", "unknown key", "Separator"),
    Refusal("\"Header\": {", "\"Header\": [{", "cell.json"),
  ]

  @Test(
    "each mistake is one line that names file, line, path and what is allowed", arguments: refusals)
  func refused(mistake: Refusal) throws {
    let range = try #require(Self.file.range(of: mistake.from))
    let text = Self.file.replacingCharacters(in: range, with: mistake.to)
    let error = #expect(throws: ProfileError.self) { try parse(text) }
    let line = error?.description ?? ""
    for words in mistake.says { #expect(line.contains(words), "\(line)") }
    #expect(line.hasPrefix("cell.json"))
    #expect(!line.contains("\n"))
  }

  @Test("no prefix of the file, and no deep nesting, crashes the reader")
  func truncated() {
    let bytes = Array(Self.file.utf8)
    for count in stride(from: 0, to: bytes.count - 2, by: 37) {
      #expect(throws: ProfileError.self) {
        try CellFile.parse(Array(bytes.prefix(count)), file: "cell.json")
      }
    }
    for opening in ["[", "{\"a\":"] {
      let deep = String(repeating: opening, count: 100_000)
      let error = #expect(throws: ProfileError.self) { try parse(deep) }
      #expect(error?.description.contains("nested") == true)
    }
    #expect(throws: ProfileError.self) {
      try CellFile.parse([0xFF, 0xFE, 0x00], file: "cell.json")
    }
    #expect(throws: ProfileError.self) { try CellFile.load("no/such/file.json") }
  }

  @Test("a byte order mark, CRLF and fields of one's own are taken")
  func tolerated() throws {
    let own = """
      "User-defined": {"Contact resistance [Ohm]": 0.01, "Anything": {"is": "2*x"}},
      """
    let text = Self.file.replacingOccurrences(
      of: "\"Separator\": {", with: own + "\"Separator\": {"
    )
    .replacingOccurrences(of: "\n", with: "\r\n")
    let cell = try CellFile.parse([0xEF, 0xBB, 0xBF] + Array(text.utf8), file: "cell.json")
    #expect(cell.contactResistance == 0.01)
  }

  @Test("transfer coefficients, branches and a cubic table arrive where models read them")
  func kinetics() throws {
    let own = """
      "User-defined": {"Negative electrode anodic transfer coefficient": 0.4,
       "Negative electrode cathodic transfer coefficient": 0.6,
       "Positive electrode OCP table order": 3},
      """
    let branches = """
      "OCP (lithiation) [V]": {"x": [0, 1], "y": [4.5, 3.5]},
      "OCP (delithiation) [V]": {"x": [0, 0.5, 0.8, 1], "y": [4.6, 4.2, 4, 3.6]}, "Porosity": 0.335
      """
    let text = Self.file.replacingOccurrences(
      of: "\"Separator\": {", with: own + "\"Separator\": {"
    )
    .replacingOccurrences(of: "\"Porosity\": 0.335", with: branches)
    #expect(throws: ProfileError.self) { try parse(text) }  // a cubic wants four points
    let cell = try parse(
      text.replacingOccurrences(
        of: "[0, 1], \"y\": [4.5, 3.5]", with: "[0, 0.3, 0.6, 1], \"y\": [4.5, 4.2, 3.9, 3.5]"))
    #expect(cell.negative.anodicTransferCoefficient == 0.4)
    #expect(cell.negative.cathodicTransferCoefficient == 0.6)
    #expect(cell.positive.anodicTransferCoefficient == 0.5)
    #expect(cell.negative.lithiationPotential == nil && cell.negative.delithiationPotential == nil)
    #expect(abs((cell.positive.lithiationPotential?.curve.value(at: 0.5) ?? 0) - 4) < 1e-12)
    // Not the straight line's 4.1 at 0.65.
    let cubic = cell.positive.delithiationPotential?.curve.value(at: 0.65) ?? 0
    #expect(abs(cubic - 4.1) > 1e-3 && abs(cubic - 4.1) < 0.05)
    for bad in ["0", "-0.5", "1.5", "\"x\"", "true"] {
      let wrong = text.replacingOccurrences(
        of: "anodic transfer coefficient\": 0.4", with: "anodic transfer coefficient\": \(bad)")
      #expect(throws: ProfileError.self) { try parse(wrong) }
    }
  }

  @Test("what the model asked for needs and the file lacks is named")
  func demands() throws {
    let cold = Self.file.replacingOccurrences(of: "\"Volume [m3]\": 2.42e-05,", with: "")
    let error = #expect(throws: ProfileError.self) { try parse(cold) }
    #expect(error?.key == "Parameterisation.Cell.Volume [m3]")
    let cell = try CellFile.parse(Array(cold.utf8), file: "cell.json", for: .electrolyte)
    #expect(cell.heatCapacity == 1e12)
    let partial = Self.file.replacingOccurrences(of: "\"DFN\"", with: "\"Partial\"")
    #expect(try parse(partial).separator.thickness == 1.2e-5)
    let halved = partial.replacingOccurrences(of: "\"Separator\": {", with: "\"User-defined\": {")
      .replacingOccurrences(of: "\"Thickness [m]\": 1.2e-05,", with: "")
    let missing = #expect(throws: ProfileError.self) { try parse(halved) }
    #expect(missing?.key == "Parameterisation.Separator" && missing?.problem == "missing")
  }
}
