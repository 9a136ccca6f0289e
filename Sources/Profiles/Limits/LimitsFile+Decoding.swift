import Protocols
import Quantities

extension LimitsFile {
  /// Reads the file at `path`.
  public init(path: String) throws(ProfileError) { try self.init(TomlDocument(path: path)) }

  /// Decodes `document` and checks it in itself.
  public init(_ document: TomlDocument) throws(ProfileError) {
    let root = document.root
    path = document.file
    bytes = document.bytes
    chemistry = try root.string("chemistry")
    source = try root.string("source")
    let window = try root.table("voltage")
    voltage = try window.interval("operate")
    guard voltage.lowerBound >= Volts(0.5), voltage.upperBound <= Volts(5) else {
      throw window.error("operate", "one cell's window, within 0.5 V to 5 V, is wanted")
    }
    refuseBelow = try window.quantity("refuse_below")
    guard refuseBelow >= Volts(0.5), refuseBelow <= voltage.lowerBound else {
      throw window.error("refuse_below", "0.5 V to \(voltage.lowerBound) is allowed")
    }
    let temperature = try root.table("temperature")
    chargeTemperature = try Self.temperatures(temperature, "charge")
    dischargeTemperature = try Self.temperatures(temperature, "discharge")
    guard dischargeTemperature.contains(chargeTemperature.lowerBound),
      dischargeTemperature.contains(chargeTemperature.upperBound)
    else { throw temperature.error("charge", "must lie within the discharge window") }
    guard chargeTemperature.upperBound - chargeTemperature.lowerBound > Celsius(2) else {
      throw temperature.error("charge", "a window of more than 2 K is wanted")
    }
    chargeCurrent = try Self.rows(root.table("charge_current"), covering: chargeTemperature)
    dischargeCurrent = []
    if let table = try root.table(ifPresent: "discharge_current") {
      dischargeCurrent = try Self.rows(table, covering: dischargeTemperature)
    }
    fuse = try root.quantity(ifPresent: "fuse", in: Amperes(0.1)...Amperes(1000))
    if let thermal = try root.table(ifPresent: "thermal") {
      resistance = try thermal.quantity("resistance", in: Ohms(0)...Ohms(10))
      heatCapacity = try thermal.quantity(
        "heat_capacity", in: JoulesPerKelvin(1)...JoulesPerKelvin(100_000))
    }
    if let precharge = try root.table(ifPresent: "precharge") {
      prechargeCurrent = try precharge.quantity(
        ifPresent: "current", in: Amperes(0)...Amperes(1000))
      prechargeTime = try precharge.quantity(ifPresent: "time", in: Seconds(1)...Seconds(86_400))
    }
    let (charge, discharge) = (temperature.line(of: "charge"), temperature.line(of: "discharge"))
    lines = [
      .voltage: window.line(of: "operate"), .chargeTemperature: charge,
      .dischargeTemperature: discharge, .temperature: discharge,
    ]
    try document.finish()
  }

  private static func temperatures(_ table: TomlTable, _ key: String) throws(ProfileError)
    -> ClosedRange<Celsius>
  {
    let window: ClosedRange<Celsius> = try table.interval(key)
    guard window.lowerBound >= Celsius(-60), window.upperBound <= Celsius(120) else {
      throw table.error(key, "a window within -60 degC to 120 degC is wanted")
    }
    return window
  }

  /// `"0..25 degC" = "1.5 A"`: ascending, without gap or overlap, over the whole window.
  private static func rows(
    _ table: TomlTable, covering window: ClosedRange<Celsius>
  ) throws(ProfileError) -> [LimitLayer.TemperatureRow] {
    var rows: [LimitLayer.TemperatureRow] = []
    for key in table.keys {
      let current: Amperes = try table.quantity(key, in: Amperes(0)...Amperes(10_000))
      guard let range = QuantityText.parseRange(key, as: Celsius.self) else {
        throw table.error(key, "a range of temperature is wanted as key, as in \"0..25 degC\"")
      }
      if let last = rows.last, last.to != range.from {
        throw table.error(key, "rows must join: from \(last.to) on is wanted here")
      }
      rows.append(.init(from: range.from, to: range.to, current: current))
    }
    guard let first = rows.first, let last = rows.last, first.from <= window.lowerBound,
      last.to >= window.upperBound
    else {
      throw ProfileError(
        file: table.file, line: table.line, key: table.path,
        "rows must cover \(window.lowerBound) to \(window.upperBound)")
    }
    return rows
  }
}
