import Electrochemistry
import Kernels
import Quantities

extension CellFile {
  static let cellKeys = [
    "Electrode area [m2]", "External surface area [m2]", "Volume [m3]",
    "Number of electrode pairs connected in parallel to make a cell",
    "Lower voltage cut-off [V]", "Upper voltage cut-off [V]", "Nominal cell capacity [A.h]",
    "Reference temperature [K]", "Density [kg.m-3]", "Specific heat capacity [J.K-1.kg-1]",
  ]

  static func header(
    _ root: BPXSection
  ) throws(ProfileError) -> (title: String, references: String) {
    guard root.has("Header") else {
      throw root.failure("Header", "missing: not a BPX file")
    }
    let header = try root.section(
      "Header", known: ["BPX", "Title", "Description", "References", "Model"])
    let version: String
    switch try header.value("BPX").content {
    case .string(let text): version = text
    case .number(_, let text): version = text
    default: throw header.failure("BPX", "a version wanted, as in \"1.1.0\"")
    }
    guard version.split(separator: ".", omittingEmptySubsequences: false).first == "1" else {
      throw header.failure(
        "BPX",
        version.hasPrefix("0")
          ? "BPX 0.x is not read: convert the file with `bpx` (PyPI) 1.0 or later; allowed: 1.x"
          : "allowed: 1.x")
    }
    let model = try header.string("Model")
    guard model == "DFN" || model == "SPMe" else {
      throw header.failure("Model", "allowed: DFN or SPMe (a set with its electrolyte)")
    }
    return (
      header.has("Title") ? try header.string("Title") : "",
      header.has("References") ? try header.string("References") : ""
    )
  }

  static func initialConditions(
    _ state: BPXSection
  ) throws(ProfileError) -> (stateOfCharge: Double, temperature: Double, concentration: Double) {
    let initial = try state.section(
      "Initial conditions",
      known: [
        "Initial state-of-charge", "Initial temperature [K]",
        "Initial electrolyte concentration [mol.m-3]",
      ])
    if state.has("Degradation") {
      let keys = ["LLI", "LAM: Positive electrode", "LAM: Negative electrode"]
      let degradation = try state.section("Degradation", known: keys)
      for key in keys where try degradation.number(key, .from(0, to: 1), otherwise: 0) != 0 {
        throw degradation.failure(key, "allowed: 0; aged sets are not read yet")
      }
    }
    return (
      try initial.number("Initial state-of-charge", .from(0, to: 1), otherwise: 1),
      try initial.number("Initial temperature [K]", .temperature),
      try initial.number("Initial electrolyte concentration [mol.m-3]", .positive(to: 10_000))
    )
  }

  static func separator(_ all: BPXSection) throws(ProfileError) -> SeparatorParameters {
    let section = try all.section(
      "Separator", known: ["Thickness [m]", "Porosity", "Transport efficiency"])
    return SeparatorParameters(
      thickness: try section.number("Thickness [m]", .length),
      porosity: try section.number("Porosity", .fraction),
      transportEfficiency: try section.number("Transport efficiency", .fraction))
  }

  static func contactResistance(_ all: BPXSection) throws(ProfileError) -> Double {
    guard all.has("User-defined") else { return 0 }
    let own = try all.section("User-defined", known: nil)
    return try own.number("Contact resistance [Ohm]", .from(0, to: 1, " Ohm"), otherwise: 0)
  }

  static func electrolyte(
    _ all: BPXSection, concentration: Double
  ) throws(ProfileError) -> ElectrolyteParameters {
    let section = try all.section(
      "Electrolyte",
      known: [
        "Cation transference number", "Diffusivity [m2.s-1]",
        "Diffusivity activation energy [J.mol-1]", "Conductivity [S.m-1]",
        "Conductivity activation energy [J.mol-1]",
      ])
    // Below a hundredth of the rest concentration the model itself has ended: straight on.
    let range = (0.01 * concentration)...(5 * concentration)
    let parameters = ElectrolyteParameters(
      initialConcentration: concentration,
      cationTransferenceNumber: try section.number(
        "Cation transference number", BPXBound(words: "-1 to below 1") { $0 >= -1 && $0 < 1 }),
      diffusivity: try section.function(
        "Diffusivity [m2.s-1]", over: [range], accuracy: -1e-7),
      diffusivityActivationEnergy: try section.number(
        "Diffusivity activation energy [J.mol-1]", .activationEnergy, otherwise: 0),
      conductivity: try section.function(
        "Conductivity [S.m-1]", over: [range], accuracy: -1e-7),
      conductivityActivationEnergy: try section.number(
        "Conductivity activation energy [J.mol-1]", .activationEnergy, otherwise: 0))
    let working = (0.1 * concentration)...(2 * concentration)
    try requirePositive(section, "Diffusivity [m2.s-1]", parameters.diffusivity, working)
    try requirePositive(section, "Conductivity [S.m-1]", parameters.conductivity, working)
    return parameters
  }

  /// A transport property must be above 0 wherever the cell works.
  static func requirePositive(
    _ section: BPXSection, _ key: String, _ function: ParameterFunction,
    _ range: ClosedRange<Double>
  ) throws(ProfileError) {
    for i in 0...200 {
      let x = range.lowerBound + Double(i) / 200 * (range.upperBound - range.lowerBound)
      let value = function.curve.valueAndSlope(at: x).value
      guard value > 0 else {
        throw section.failure(key, "is \(value) at x = \(x); allowed: above 0")
      }
    }
  }
}
