import Quantities
import Safety

/// Everything that `check` found.
struct CheckReport: Encodable {
  /// One limit in force in one phase.
  struct Limit: Encodable {
    var phase: Int
    var kind: String
    var operate: [Double]
    var trip: [Double]
  }

  var bench: String
  var asset: String
  var cell: String
  var limitsSource: String
  var researchOverride: String?
  var limits: [Limit]
  var wiring: String
  /// What a bench of real ports would still have to declare; empty on one that does.
  var wiringNotes: [String]
  var sourceCeilingVolt: Double
  var overVoltageVolt: Double?
  var times: DeviceTimes
  var stateOfChargeStart: Double
  var ambientCelsius: Double
  var forecast: [Forecast]

  enum CodingKeys: String, CodingKey {
    case bench, asset, cell, limits, wiring, times, forecast, violations
    case limitsSource = "limits_source"
    case researchOverride = "research_override"
    case wiringNotes = "wiring_notes"
    case sourceCeilingVolt = "source_ceiling_volt"
    case overVoltageVolt = "over_voltage_limit_volt"
    case stateOfChargeStart = "state_of_charge_start"
    case ambientCelsius = "ambient_celsius"
  }

  /// The first limit that the forecast breaks, or nil.
  var firstBreak: String? {
    for phase in forecast {
      if let first = phase.breaks.first { return "phase \(phase.phase): \(first.line)" }
    }
    return nil
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(bench, forKey: .bench)
    try box.encode(asset, forKey: .asset)
    try box.encode(cell, forKey: .cell)
    try box.encode(limitsSource, forKey: .limitsSource)
    try box.encodeIfPresent(researchOverride, forKey: .researchOverride)
    try box.encode(limits, forKey: .limits)
    try box.encode(wiring, forKey: .wiring)
    try box.encode(wiringNotes, forKey: .wiringNotes)
    try box.encode(sourceCeilingVolt, forKey: .sourceCeilingVolt)
    try box.encodeIfPresent(overVoltageVolt, forKey: .overVoltageVolt)
    try box.encode(times, forKey: .times)
    try box.encode(stateOfChargeStart, forKey: .stateOfChargeStart)
    try box.encode(ambientCelsius, forKey: .ambientCelsius)
    try box.encode(forecast, forKey: .forecast)
    try box.encode(forecast.reduce(0) { $0 + $1.breaks.count }, forKey: .violations)
  }

  /// For a person.
  var text: String {
    var lines = ["bench \(bench), asset \(asset), cell \(cell)", "limits: \(limitsSource)"]
    if let researchOverride {
      lines.append("RESEARCH OVERRIDE of the cell's charge-current table by \(researchOverride)")
    }
    lines += limits.map {
      "phase \($0.phase): \($0.kind) operate \($0.operate[0])..\($0.operate[1]), "
        + "trip \($0.trip[0])..\($0.trip[1])"
    }
    lines.append("wiring: \(wiring)")
    lines += wiringNotes.map { "wiring: \($0)" }
    lines.append("supply's own voltage ceiling: \(sourceCeilingVolt) V")
    if let overVoltageVolt { lines.append("supply's over-voltage limit: \(overVoltageVolt) V") }
    lines += times.lines
    lines.append(
      "forecast from state of charge \((stateOfChargeStart * 1000).rounded() / 10) %, "
        + "\(ambientCelsius) degC, by the SPMe with lumped heat:")
    for phase in forecast {
      lines.append(phase.line)
      lines += phase.breaks.map { "  WOULD BREAK \($0.line)" }
    }
    return lines.joined(separator: "\n")
  }
}
