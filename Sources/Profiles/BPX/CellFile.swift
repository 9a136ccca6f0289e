public import Electrochemistry
import Quantities

/// Reads a cell's parameters from a BPX 1.x file.
///
/// Standard: https://bpxstandard.com; bench-docs/cell-files.md says what a file may hold. Refused
/// by name: BPX 0.x, blended electrodes, hysteresis states, aged sets, and sets without what is
/// demanded. Unknown keys are refused except under User-defined.
public enum CellFile {
  /// What a model needs of a file beside the particles and the cell's size.
  public struct Demands: OptionSet, Sendable {
    /// One bit for each.
    public let rawValue: Int
    /// From bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Electrolyte, separator and the electrodes' transport properties: SPMe and DFN. Where a set
    /// lacks them and they are not demanded, the electrolyte is ideal: any model is then the SPM.
    public static let electrolyte = Demands(rawValue: 1)
    /// Heat capacity and cooling: the lumped thermal model. Where a set lacks them and they are not
    /// demanded, the cell's heat capacity is so large that its temperature stays.
    public static let heat = Demands(rawValue: 2)
    /// What every model together needs.
    public static let all: Demands = [.electrolyte, .heat]
  }

  /// The cell in the file at `path`.
  public static func load(
    _ path: String, for demands: Demands = .all
  ) throws(ProfileError) -> CellParameters {
    try parse(try bytes(path), file: path, for: demands)
  }

  /// The bytes of the file at `path`, at most 16 MiB, as `parse` wants them.
  public static func bytes(_ path: String) throws(ProfileError) -> [UInt8] {
    try ProfileBytes.read(path, limit: 16 << 20)
  }

  /// The cell in a document; `file` is its name in errors.
  public static func parse(
    _ bytes: [UInt8], file: String, for demands: Demands = .all
  ) throws(ProfileError) -> CellParameters {
    try CellDocument(bytes, file: file, for: demands).parameters
  }

  static func parameters(
    _ document: JSONValue, file: String, for demands: Demands
  ) throws(ProfileError) -> CellParameters {
    let root = try BPXSection(
      document, path: "", file: file, known: ["Header", "Parameterisation", "State", "Validation"])
    let header = try header(root, demands)
    let all = try root.section("Parameterisation", known: sections(of: header.model))
    let own = try ownFields(all)
    let cell = try all.section("Cell", known: cellKeys)
    let state = try state(root, reference: cell)
    if root.has("Validation") { try checkValidation(root) }
    let heat = try heat(cell, state, demands)
    let lower = try cell.number("Lower voltage cut-off [V]", .from(0, to: 10))
    let upper = try cell.number("Upper voltage cut-off [V]", .from(0, to: 10))
    guard lower < upper else {
      throw cell.failure("Lower voltage cut-off [V]", "allowed: below the upper cut-off, \(upper)")
    }
    let transport = try transport(all, header.model, demands)
    let parameters = CellParameters(
      title: header.title, references: header.references,
      nominalCapacity: .init(
        try cell.number("Nominal cell capacity [A.h]", .positive(to: 10_000))),
      lowerVoltageCutoff: .init(lower), upperVoltageCutoff: .init(upper),
      electrodeArea: try cell.number("Electrode area [m2]", .positive(to: 1000)),
      electrodePairs: try cell.count(
        "Number of electrode pairs connected in parallel to make a cell"),
      referenceTemperature: state.reference, heatCapacity: heat.capacity,
      coolingArea: heat.area, heatTransferCoefficient: heat.transfer,
      contactResistance: try own.number(
        OwnField.contactResistance, .from(0, to: 1, " Ohm"), otherwise: 0),
      initialStateOfCharge: state.stateOfCharge, initialTemperature: state.temperature,
      ambientTemperature: state.ambient,
      negative: try electrode(all, "Negative electrode", own, hasTransport: transport),
      positive: try electrode(all, "Positive electrode", own, hasTransport: transport),
      separator: transport ? try separator(all) : .ideal,
      electrolyte: transport
        ? try electrolyte(all, concentration: state.concentration)
        : .ideal(concentration: state.concentration.value))
    try checkBalance(parameters, all)
    return parameters
  }
}
