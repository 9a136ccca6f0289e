public import Electrochemistry
import Quantities

/// Reads a cell's parameters from a BPX 1.x file.
///
/// Standard: https://bpxstandard.com. Refused by name: BPX 0.x, partial sets, blended electrodes,
/// open-circuit hysteresis, SPM sets (they lack the electrolyte), and sets without what the
/// lumped thermal model needs. Unknown keys are refused except under User-defined, where
/// `Contact resistance [Ohm]` is ours.
public enum CellFile {
  /// The cell in the file at `path`.
  public static func load(_ path: String) throws(ProfileError) -> CellParameters {
    try parse(try bytes(path), file: path)
  }

  /// The bytes of the file at `path`, at most 16 MiB, as `parse` wants them.
  public static func bytes(_ path: String) throws(ProfileError) -> [UInt8] {
    try ProfileBytes.read(path, limit: 16 << 20)
  }

  /// The cell in a document; `file` is its name in errors.
  public static func parse(
    _ bytes: [UInt8], file: String
  ) throws(ProfileError) -> CellParameters {
    let root = try BPXSection(
      try JSONParser.parse(bytes, file: file), path: "", file: file,
      known: ["Header", "Parameterisation", "State", "Validation"])
    let header = try header(root)
    let all = try root.section(
      "Parameterisation",
      known: [
        "Cell", "Electrolyte", "Negative electrode", "Positive electrode", "Separator",
        "User-defined",
      ])
    let cell = try all.section("Cell", known: cellKeys)
    let state = try root.section(
      "State", known: ["Initial conditions", "Thermal environment", "Degradation"])
    let initial = try initialConditions(state)
    let thermal = try state.section(
      "Thermal environment",
      known: ["Ambient temperature [K]", "Heat transfer coefficient [W.m-2.K-1]"])
    if root.has("Validation") { try checkValidation(root) }

    let heatCapacity =
      try cell.number("Density [kg.m-3]", .positive(to: 30_000))
      * cell.number("Specific heat capacity [J.K-1.kg-1]", .positive(to: 20_000))
      * cell.number("Volume [m3]", .positive(to: 1))
    let lower = try cell.number("Lower voltage cut-off [V]", .from(0, to: 10))
    let upper = try cell.number("Upper voltage cut-off [V]", .from(0, to: 10))
    guard lower < upper else {
      throw cell.failure("Lower voltage cut-off [V]", "allowed: below the upper cut-off, \(upper)")
    }
    let parameters = CellParameters(
      title: header.title, references: header.references,
      nominalCapacity: AmpereHours(
        try cell.number("Nominal cell capacity [A.h]", .positive(to: 10_000))),
      lowerVoltageCutoff: Volts(lower), upperVoltageCutoff: Volts(upper),
      electrodeArea: try cell.number("Electrode area [m2]", .positive(to: 1000)),
      electrodePairs: try cell.count(
        "Number of electrode pairs connected in parallel to make a cell"),
      referenceTemperature: try cell.number(
        "Reference temperature [K]", .temperature, otherwise: 298.15),
      heatCapacity: heatCapacity,
      coolingArea: try cell.number("External surface area [m2]", .positive(to: 100)),
      heatTransferCoefficient: try thermal.number(
        "Heat transfer coefficient [W.m-2.K-1]", .from(0, to: 100_000)),
      contactResistance: try contactResistance(all),
      initialStateOfCharge: initial.stateOfCharge, initialTemperature: initial.temperature,
      ambientTemperature: try thermal.number(
        "Ambient temperature [K]", .temperature, otherwise: initial.temperature),
      negative: try electrode(all, "Negative electrode"),
      positive: try electrode(all, "Positive electrode"), separator: try separator(all),
      electrolyte: try electrolyte(all, concentration: initial.concentration))
    try checkBalance(parameters, all)
    return parameters
  }
}
