import Profiles
import Testing

/// A cell file that no model could run is refused in one line that names the quantity, its value
/// and what is allowed; and whatever the file, the reader comes back.
struct NonPhysicalCellTests {
  static let base = (try? shippedCell("chen2020")) ?? ""
  static let diffusivity = "\"Diffusivity [m2.s-1]\": 3.3e-14"

  private func refusal(_ old: String, _ new: String) throws -> String {
    try #require(Self.base.contains(old))
    let text = Array(edited(Self.base, old, new).utf8)
    let error = #expect(throws: ProfileError.self) {
      try CellFile.parse(text, file: "cell.json")
    }
    return error?.description ?? ""
  }

  /// Key, its value in the file, values that it cannot have.
  static let numbers: [(String, String, [String])] = [
    ("Thickness [m]", "8.52e-05", ["0", "-8.52e-05", "0.5", "1e300"]),
    ("Porosity", "0.25", ["0", "-0.1", "1.0001"]),
    ("Transport efficiency", "0.125", ["0", "-1", "1.5"]),
    ("Conductivity [S.m-1]", "215.0", ["0", "-215", "1e9"]),
    ("Particle radius [m]", "5.86e-06", ["0", "-5e-6", "1"]),
    ("Surface area per unit volume [m-1]", "383959.0443686007", ["0", "-1", "1e11"]),
    ("Maximum concentration [mol.m-3]", "33133.0", ["0", "-1", "1e7"]),
    ("Minimum stoichiometry", "0.02634579027064577", ["-0.1", "0.99", "1.5"]),
    ("Maximum stoichiometry", "0.9106180466524094", ["-1", "1.2"]),
    ("Reaction rate constant [mol.m-2.s-1]", "7.036788051486825e-06", ["0", "-1e-6", "1e4"]),
    (
      "Reaction rate constant activation energy [J.mol-1]", "35000.0", ["1e6", "-1e6"]
    ),
    ("Cation transference number", "0.2594", ["1", "1.2", "-2"]),
    ("Electrode area [m2]", "0.10270000000000001", ["0", "-0.1", "1e5"]),
    ("Nominal cell capacity [A.h]", "5.0", ["0", "-5", "1e6"]),
    ("Reference temperature [K]", "298.15", ["25", "0", "-1", "1000"]),
    ("External surface area [m2]", "0.00531", ["0", "-1"]),
    ("Volume [m3]", "2.42e-05", ["0", "-1", "5"]),
    ("Density [kg.m-3]", "1767.5743027888448", ["0", "-1", "1e6"]),
    ("Specific heat capacity [J.K-1.kg-1]", "1000.0", ["0", "-1", "1e6"]),
    ("Initial state-of-charge", "1.0", ["-0.1", "1.1"]),
    ("Initial temperature [K]", "298.15", ["25", "-3"]),
    ("Initial electrolyte concentration [mol.m-3]", "1000.0", ["0", "-1", "1e6"]),
    ("Ambient temperature [K]", "298.15", ["25"]),
    ("Heat transfer coefficient [W.m-2.K-1]", "10.0", ["-1", "1e9"]),
    ("Lower voltage cut-off [V]", "2.5", ["4.2", "-1"]),
  ]

  @Test("a number beyond physics: quantity, value, bound", arguments: numbers)
  func number(key: String, value: String, wrong: [String]) throws {
    for bad in wrong {
      let line = try refusal("\"\(key)\": \(value)", "\"\(key)\": \(bad)")
      #expect(line.contains(key) && line.contains(bad), "\(line)")
      #expect(line.contains("allowed") || line.contains("wanted"), "\(line)")
      #expect(!line.contains("\n"))
    }
    for token in ["NaN", "Infinity", "-Infinity", "1e400"] {
      let line = try refusal("\"\(key)\": \(value)", "\"\(key)\": \(token)")
      #expect(line.contains(token), "\(line)")
    }
  }

  @Test(
    "a function that is not positive, not finite or not defined where the cell works",
    arguments: [
      ("\"0*x\"", "above 0"), ("\"1e-14*(0.5 - x)\"", "above 0"), ("0", "above 0"),
      ("-1e-14", "above 0"), ("\"1/(x - 0.5)\"", "spline"), ("\"log(x - 0.5)\"", "finite"),
      ("\"exp(exp(exp(10*x + 10)))\"", "finite"), ("\"sqrt(x - 0.5)\"", "finite"),
      ("\"1/0\"", "finite"), ("\"0/0\"", "finite"), ("\"sin(1e6*x) + 2\"", "spline"),
      ("{\"x\": [0, 1], \"y\": [1e-14, -1e-14]}", "above 0"),
      ("{\"x\": [0, 1], \"y\": [-1e308, 1e308]}", "steeper"),
      ("{\"x\": [], \"y\": []}", "2 or more"), ("{\"x\": [0.5], \"y\": [1]}", "2 or more"),
      ("{\"x\": [0, 1], \"y\": [1, \"2\"]}", "y[1]"), ("{\"x\": 0, \"y\": 1}", "array"),
      ("{\"x\": [0, 1], \"z\": [1, 1]}", "unknown key"),
    ])
  func function(text: String, says: String) throws {
    let line = try refusal(Self.diffusivity, "\"Diffusivity [m2.s-1]\": \(text)")
    #expect(line.contains("Negative electrode.Diffusivity"), "\(line)")
    #expect(line.contains(says), "\(line)")
  }

  @Test(
    "an open-circuit potential that is none",
    arguments: [
      ("{\"x\": [0.1, 0.9], \"y\": [1, 0.1]}", "stoichiometry limits"), ("1e4", "100 V"),
      ("\"1e4*x\"", "100 V"), ("\"log(x - 0.5)\"", "finite"),
      ("{\"x\": [0, 1], \"y\": [-5, 5]}", "full above empty"),
    ])
  func potential(text: String, says: String) throws {
    let start = try #require(Self.base.firstRange(of: "\"OCP [V]\": \""))
    let end = try #require(Self.base[start.upperBound...].firstIndex(of: "\n"))
    let old = String(Self.base[start.lowerBound..<end])
    let line = try refusal(old, "\"OCP [V]\": \(text),")
    #expect(line.contains(says), "\(line)")
  }

  @Test("bounded work: neither size nor depth nor a bomb hangs or crashes the reader")
  func bombs() throws {
    let sizes: [(String, String)] = [
      ("\"\(String(repeating: "x+", count: 1_900))x\"", "more than 500"),
      ("\"\(String(repeating: "x**", count: 1_000))x\"", "nested"),
      ("\"\(String(repeating: "-", count: 3_000))x\"", "nested"),
      ("\"\(String(repeating: "exp(", count: 800))x\"", "nested"),
      ("\"\(String(repeating: "1", count: 3_999))\"", "number"),
      ("\"\(String(repeating: " ", count: 5_000))x\"", "longer than"),
      ("\"x*\(String(repeating: "9", count: 5_000))\"", "longer than"),
      ("{\"x\": [\(String(repeating: "0,", count: 200_000))1], \"y\": [1]}", "100000"),
    ]
    for (text, says) in sizes {
      let line = try refusal(Self.diffusivity, "\"Diffusivity [m2.s-1]\": \(text)")
      #expect(line.contains(says), "\(line)")
      #expect(line.utf8.count < 400)
    }
    // The longest that is taken costs no more than making its spline.
    let longest = "1e-14 + 0*(" + String(repeating: "x*", count: 490) + "x)"
    let text = edited(Self.base, Self.diffusivity, "\"Diffusivity [m2.s-1]\": \"\(longest)\"")
    _ = try CellFile.parse(Array(text.utf8), file: "cell.json")
    // 16 MiB is the most that is read at all.
    #expect(throws: ProfileError.self) { try CellFile.load("/dev/zero") }
  }
}
