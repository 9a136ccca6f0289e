import DigitalTwin
import Records
import Testing

@Suite("A what-if meets its record")
struct WhatIfTests {
  /// Rows of time, current, voltage, degC.
  private func record(_ rows: [(Double, Double, Double, Double)]) throws -> BatteryDataTable {
    let text = rows.map { "\($0.0),\($0.2),\($0.1),\($0.3)" }.joined(separator: "\n")
    return try BatteryDataTable(
      parsing: Array(
        ("test_time_second,voltage_volt,current_ampere,surface_temperature_celsius\n" + text).utf8),
      name: "rows")
  }

  private let pulse: [(Double, Double, Double, Double)] = [
    (0, 0, 3.7, 25), (100, 0.001, 3.7, 25), (100, -2, 3.6, 25), (150, -2.01, 3.55, 25),
    (250, -1.99, 3.45, 26), (300, -2, 3.4, 26),
  ]
  private let whatIf = WhatIf(
    current: -2, stateOfCharge: 0.5, stateOfChargeSD: 0.01, ambient: 25, horizon: 100)

  @Test("It is found where the cell rested, had the charge, and the current flowed to the horizon")
  func found() throws {
    let reality = try #require(
      whatIf.find(in: try record(pulse), stateOfCharge: [0.51, 0.51, 0.51, 0.5, 0.49, 0.48]))
    #expect(reality.start == 100)
    // Half way between the rows at 150 and 250 s.
    #expect(abs(reality.voltage - 3.5) < 1e-12)
    #expect(reality.temperature.map { abs($0 - 25.5) < 1e-12 } == true)
  }

  @Test(
    "Another charge, current, temperature, a short rest or too short a pulse is not what was assumed"
  )
  func notFound() throws {
    let charge = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    #expect(whatIf.find(in: try record(pulse), stateOfCharge: charge) != nil)
    #expect(whatIf.find(in: try record(pulse), stateOfCharge: charge.map { $0 + 0.021 }) == nil)
    var other = whatIf
    other.current = -2.1
    #expect(other.find(in: try record(pulse), stateOfCharge: charge) == nil)
    other = whatIf
    other.horizon = 201
    #expect(other.find(in: try record(pulse), stateOfCharge: charge) == nil)
    other = whatIf
    other.ambient = 28
    #expect(other.find(in: try record(pulse), stateOfCharge: charge) == nil)
    var short = pulse
    short[0].0 = 41
    #expect(whatIf.find(in: try record(short), stateOfCharge: charge) == nil)
  }
}
