import Electrochemistry

/// What a file says of the cell's start and surroundings, with BPX's fields left out filled in.
struct StateFields {
  static let concentrationKey = "Initial electrolyte concentration [mol.m-3]"

  let reference: Double
  let stateOfCharge: Double
  let temperature: Double
  let ambient: Double
  /// mol/m3, and where it stands or should stand.
  let concentration: (value: Double, section: BPXSection)
  let thermal: BPXSection
}

extension CellFile {
  /// State: everything in it may be left out or null. Temperatures stand in for each other: initial,
  /// ambient, reference, 298.15 K.
  static func state(
    _ root: BPXSection, reference cell: BPXSection
  ) throws(ProfileError) -> StateFields {
    let state =
      root.has("State")
      ? try root.section(
        "State", known: ["Initial conditions", "Thermal environment", "Degradation"]
      ).withoutNulls
      : root.empty("State")
    let initial = try section(
      state, "Initial conditions",
      known: [
        "Initial state-of-charge", "Initial temperature [K]", StateFields.concentrationKey,
        "Initial hysteresis state: Negative electrode",
        "Initial hysteresis state: Positive electrode",
      ])
    for key in initial.keys where key.hasPrefix("Initial hysteresis state") {
      throw initial.failure(key, "hysteresis states are not modelled")
    }
    let thermal = try section(
      state, "Thermal environment",
      known: ["Ambient temperature [K]", "Heat transfer coefficient [W.m-2.K-1]"])
    try checkDegradation(state)
    let reference = try cell.number(
      "Reference temperature [K]", .temperature, otherwise: 298.15)
    let ambient = try thermal.number(
      "Ambient temperature [K]", .temperature,
      otherwise: initial.number("Initial temperature [K]", .temperature, otherwise: reference))
    return StateFields(
      reference: reference,
      stateOfCharge: try initial.number(
        "Initial state-of-charge", .from(0, to: 1), otherwise: 1),
      temperature: try initial.number("Initial temperature [K]", .temperature, otherwise: ambient),
      ambient: ambient,
      concentration: (
        try initial.number(StateFields.concentrationKey, .positive(to: 10_000), otherwise: 1000),
        initial
      ),
      thermal: thermal)
  }

  private static func section(
    _ state: BPXSection, _ key: String, known: [String]
  ) throws(ProfileError) -> BPXSection {
    state.has(key) ? try state.section(key, known: known).withoutNulls : state.empty(key)
  }

  private static func checkDegradation(_ state: BPXSection) throws(ProfileError) {
    guard state.has("Degradation") else { return }
    let keys = ["LLI", "LAM: Positive electrode", "LAM: Negative electrode"]
    let degradation = try state.section("Degradation", known: keys)
    for key in keys where try degradation.number(key, .from(0, to: 1)) != 0 {
      throw degradation.failure(key, "allowed: 0; aged sets are not read yet")
    }
  }

  /// Heat capacity, J/K, cooled area, m2, and transfer coefficient, W/(m2 K).
  static func heat(
    _ cell: BPXSection, _ state: StateFields, _ demands: Demands
  ) throws(ProfileError) -> (capacity: Double, area: Double, transfer: Double) {
    let transferKey = "Heat transfer coefficient [W.m-2.K-1]"
    let needed = demands.contains(.heat)
    func number(_ key: String, _ bound: BPXBound) throws(ProfileError) -> Double? {
      try needed || cell.has(key) ? cell.number(key, bound) : nil
    }
    let density = try number("Density [kg.m-3]", .positive(to: 30_000))
    let specific = try number("Specific heat capacity [J.K-1.kg-1]", .positive(to: 20_000))
    let volume = try number("Volume [m3]", .positive(to: 1))
    let area = try number("External surface area [m2]", .positive(to: 100))
    let transfer =
      try needed || state.thermal.has(transferKey)
      ? state.thermal.number(transferKey, .from(0, to: 100_000)) : nil
    guard let density, let specific, let volume else { return (1e12, area ?? 1, transfer ?? 0) }
    return (density * specific * volume, area ?? 1, transfer ?? 0)
  }
}
