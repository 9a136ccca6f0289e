import Electrochemistry
public import Profiles
import Quantities

extension FitPlan {
  /// Reads the plan at `path`.
  public init(path: String) throws(ProfileError) { try self.init(TomlDocument(path: path)) }

  /// Decodes `document`.
  public init(_ document: TomlDocument) throws(ProfileError) {
    let root = document.root
    path = document.file
    title = try root.string("title")
    description = try root.string("description")
    references = try root.string("references")
    base = try ShippedProfiles.locate(
      kind: .cell, name: root.string("base"), from: document.file)
    chargeSD = try root.number(ifPresent: "charge_sd", in: 0...0.1) ?? 0.004
    settings = []
    for table in try root.tables("set") {
      settings.append(
        CellDocument.Setting(
          place: try table.strings("place"), value: try table.number("value")))
    }
    parameters = []
    for table in try root.tables("parameter") { parameters.append(try FitParameter(table)) }
    for table in try root.tables("correction") {
      parameters += try FitParameter.corrections(table)
    }
    let common = try root.table("records")
    records = []
    for table in try root.tables("record") { records.append(try Record(table, common)) }
    for key in common.keys { _ = common.value(ifPresent: key) }
    try document.finish()
    guard !records.isEmpty else { throw root.error("record", "at least one record is wanted") }
  }
}

extension FitPlan.Record {
  /// `[[record]]`, and under `[records]` what it leaves out.
  init(_ own: TomlTable, _ common: TomlTable) throws(ProfileError) {
    func quantity<Q: Quantity>(
      _ key: String, _ type: Q.Type, _ range: ClosedRange<Q>, otherwise: Double
    ) throws(ProfileError) -> Double {
      if let found = try own.quantity(ifPresent: key, as: type, in: range) { return found.value }
      return try common.quantity(ifPresent: key, as: type, in: range)?.value ?? otherwise
    }
    func number(
      _ key: String, _ range: ClosedRange<Double>, otherwise: Double
    ) throws(ProfileError) -> Double {
      if let found = try own.number(ifPresent: key, in: range) { return found }
      return try common.number(ifPresent: key, in: range) ?? otherwise
    }
    let always = Seconds(0)...Seconds(1e9)
    file = try own.string("file")
    isHeldBack = try own.bool(ifPresent: "held_back") ?? false
    let from = try quantity("from", Seconds.self, always, otherwise: 0)
    let to = try quantity("to", Seconds.self, always, otherwise: 1e9)
    guard from < to else { throw own.error("from", "must be before 'to'") }
    window = from...to
    splitGap = try own.quantity(ifPresent: "split_gap", as: Seconds.self, in: always)?.value
    ambient = try own.quantity(
      ifPresent: "ambient", as: Celsius.self, in: Celsius(-60)...Celsius(100)
    ).map { $0.value + 273.15 }
    let volts = Volts(0)...Volts(10)
    restedVoltage = try own.quantity(ifPresent: "rested_voltage", as: Volts.self, in: volts)?.value
    stateOfChargeSD = try number("state_of_charge_sd", 1e-5...0.2, otherwise: 0.003)
    voltageSD = try quantity("voltage_sd", Volts.self, Volts(1e-4)...Volts(1), otherwise: 0.006)
    temperatureSD = try quantity(
      "temperature_sd", Kelvins.self, Kelvins(0.01)...Kelvins(1000), otherwise: 1)
    independentRows = try number("independent_rows", 1...1e6, otherwise: 30)
    comparedPeriod = try quantity("compared_period", Seconds.self, always, otherwise: 60)
    currentTolerance = try quantity(
      "current_tolerance", Amperes.self, Amperes(1e-6)...Amperes(10), otherwise: 0.01)
  }
}
