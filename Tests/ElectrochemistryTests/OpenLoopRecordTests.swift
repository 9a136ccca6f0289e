import Electrochemistry
import Testing

/// A real record's current: our open loop against PyBaMM's on the same points.
struct OpenLoopRecordTests {
  @Test("C/2 record of an LG M50: voltage within 0.1 mV rms of PyBaMM's SPMe")
  func record() throws {
    let oracle = try Fixtures.columns("fixtures/pybamm/spme_ratetest.csv")
    let record = try Fixtures.columns("fixtures/lg-m50-wmg-ratetest/T25_cRate_0p5C.bdf.csv")
    let time = oracle["test_time_second"] ?? []
    let current = oracle["current_ampere"] ?? []
    #expect(time == record["test_time_second"])
    let cell = try Fixtures.chen2020()
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    let rested = try #require(record["voltage_volt"]?.first)
    let start = try model.stateOfCharge(restedVoltage: rested, temperature: 298.15)
    let rows = try OpenLoop.run(
      cell, times: time, currents: current, ambient: 298.15, start: .stateOfCharge(start))
    #expect(rows.count == 816)
    var (squares, heat) = (0.0, 0.0)
    for (k, row) in rows.enumerated() {
      let error = row.voltage - (oracle["voltage_volt"] ?? [])[k]
      squares += error * error
      heat = max(heat, abs(row.temperature - 273.15 - (oracle["temperature_celsius"] ?? [])[k]))
    }
    let rms = (squares / Double(rows.count)).squareRoot()
    #expect(rms < 1e-4, "rms \(rms * 1000) mV")
    #expect(heat < 0.01, "temperature off by \(heat) K")
  }
}
