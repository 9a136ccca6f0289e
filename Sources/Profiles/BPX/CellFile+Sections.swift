import Electrochemistry
import Kernels

extension CellFile {
  static let cellKeys = [
    "Electrode area [m2]", "External surface area [m2]", "Volume [m3]",
    "Number of electrode pairs connected in parallel to make a cell",
    "Lower voltage cut-off [V]", "Upper voltage cut-off [V]", "Nominal cell capacity [A.h]",
    "Reference temperature [K]", "Density [kg.m-3]", "Specific heat capacity [J.K-1.kg-1]",
  ]

  /// Keys that may stand under Parameterisation.
  static func sections(of model: String) -> [String] {
    ["Cell", "Negative electrode", "Positive electrode", "User-defined"]
      + (model == "SPM" ? [] : ["Electrolyte", "Separator"])
  }

  static func header(
    _ root: BPXSection, _ demands: Demands
  ) throws(ProfileError) -> (title: String, references: String, model: String) {
    guard root.has("Header") else {
      throw root.failure("Header", "missing: not a BPX file")
    }
    let header = try root.section(
      "Header", known: ["BPX", "Title", "Description", "References", "Model"])
    let version: String
    switch try header.value("BPX").content {
    case .string(let text): version = text
    case .number(_, let text) where text.contains("."): version = text
    default: throw header.failure("BPX", "a version wanted, as in \"1.1.0\"")
    }
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { throw header.failure("BPX", "a version wanted, as in \"1.1.0\"") }
    guard parts[0] == "1" else {
      throw header.failure(
        "BPX",
        parts[0] == "0"
          ? "BPX 0.x is not read: convert the file with `bpx` (PyPI) 1.0 or later; allowed: 1.x"
          : "allowed: 1.x")
    }
    let model = try header.string("Model")
    guard ["SPM", "SPMe", "DFN", "Partial"].contains(model) else {
      throw header.failure("Model", "allowed: SPM, SPMe, DFN or Partial")
    }
    guard model != "SPM" || !demands.contains(.electrolyte) else {
      throw header.failure(
        "Model",
        "a set for the SPM has no electrolyte, which SPMe and DFN need; "
          + "allowed for them: SPMe, DFN or a complete Partial")
    }
    _ = try header.text("Description")
    return (try header.text("Title"), try header.text("References"), model)
  }

  /// Whether the set has an electrolyte; one that has nothing of it and need not is an SPM set.
  static func transport(
    _ all: BPXSection, _ model: String, _ demands: Demands
  ) throws(ProfileError) -> Bool {
    guard model == "Partial", !demands.contains(.electrolyte) else { return model != "SPM" }
    let electrodes = [
      try all.section("Negative electrode", known: nil),
      try all.section("Positive electrode", known: nil),
    ]
    return all.has("Electrolyte") || all.has("Separator")
      || electrodes.contains { $0.has("Conductivity [S.m-1]") }
  }

  static func separator(_ all: BPXSection) throws(ProfileError) -> SeparatorParameters {
    let section = try all.section(
      "Separator", known: ["Thickness [m]", "Porosity", "Transport efficiency"])
    return SeparatorParameters(
      thickness: try section.number("Thickness [m]", .length),
      porosity: try section.number("Porosity", .fraction),
      transportEfficiency: try section.number("Transport efficiency", .fraction))
  }

  static func electrolyte(
    _ all: BPXSection, concentration: (value: Double, section: BPXSection)
  ) throws(ProfileError) -> ElectrolyteParameters {
    guard concentration.section.has(StateFields.concentrationKey) else {
      throw concentration.section.failure(StateFields.concentrationKey, "missing")
    }
    let concentration = concentration.value
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
        "Diffusivity [m2.s-1]", over: [range], relative: 1e-6),
      diffusivityActivationEnergy: try section.number(
        "Diffusivity activation energy [J.mol-1]", .activationEnergy, otherwise: 0),
      conductivity: try section.function(
        "Conductivity [S.m-1]", over: [range], relative: 1e-6),
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
      let value = function.curve.value(at: x)
      guard value > 0, value.isFinite else {
        throw section.failure(key, "is \(value) at x = \(x); allowed: above 0")
      }
    }
  }
}

extension SeparatorParameters {
  /// Without resistance.
  static let ideal = SeparatorParameters(thickness: 1e-6, porosity: 0.5, transportEfficiency: 1)
}

extension ElectrolyteParameters {
  /// Without concentration and potential drops, to rounding of a voltage.
  static func ideal(concentration: Double) -> ElectrolyteParameters {
    ElectrolyteParameters(
      initialConcentration: concentration, cationTransferenceNumber: 0,
      diffusivity: ParameterFunction(PiecewiseCubic(constant: 1e-3)),
      diffusivityActivationEnergy: 0,
      conductivity: ParameterFunction(PiecewiseCubic(constant: 1e8)),
      conductivityActivationEnergy: 0)
  }
}
