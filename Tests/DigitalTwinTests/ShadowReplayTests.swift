import DigitalTwin
import Electrochemistry
import Estimation
import Records
import Testing

@Suite("Shadow on a real record")
struct ShadowReplayTests {
  private func replay(freezeAt: Double?) throws -> (rows: [ShadowRow], summary: ShadowSummary) {
    let record = try Fixtures.table("lg-m50-wmg-ratetest/T25_cRate_0p5C.bdf.csv")
    let cell = try Fixtures.chen2020()
    var configuration = EstimatorConfiguration.unfamiliarCell
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    configuration.stateOfCharge = try model.stateOfCharge(
      restedVoltage: record.voltage[0], temperature: 298.15)
    var replay = try ShadowReplay(
      record, cell: cell, configuration: configuration, ambient: 298.15, freezeAt: freezeAt)
    var rows: [ShadowRow] = []
    let (summary, failure) = try replay.run { rows.append($0) }
    #expect(failure == nil)
    return (rows, summary)
  }

  @Test("Frozen from the start it is the open-loop model: within 1 mV rms of PyBaMM's SPMe")
  func openLoop() throws {
    let oracle = try Fixtures.table("pybamm/spme_ratetest.csv")
    let (rows, summary) = try replay(freezeAt: -1)
    #expect(rows.count == oracle.count)
    var squares = 0.0
    for (row, voltage) in zip(rows, oracle.voltage) {
      squares += (row.voltage.mean - voltage) * (row.voltage.mean - voltage)
    }
    let rms = (squares / Double(rows.count)).squareRoot()
    #expect(rms < 1e-3, "rms \(rms * 1e3) mV")
    #expect(summary.innovations.count == 0)
    #expect(summary.openLoopRows == rows.count)
  }

  @Test("It follows the record: every row in order, errors smaller than without assimilation")
  func follows() throws {
    let record = try Fixtures.table("lg-m50-wmg-ratetest/T25_cRate_0p5C.bdf.csv")
    let (rows, summary) = try replay(freezeAt: nil)
    let (_, blind) = try replay(freezeAt: -1)
    #expect(rows.map(\.timeText) == record.timeText)
    #expect(rows.map(\.recordIndex) == Array(1...record.count))
    #expect(summary.restarts == 0)
    #expect(summary.openLoopRows > 700)
    #expect(summary.openLoopError < 0.5 * blind.openLoopError)
    #expect(summary.innovations.rootMeanSquare < summary.openLoopError)
    #expect(
      rows.allSatisfy {
        $0.belief.stateOfCharge.mean > -0.02 && $0.belief.stateOfCharge.mean < 1.03
      })
    // The record discharges from full and charges again: the coulomb counter and the belief agree.
    let lowest = rows.map(\.belief.stateOfCharge.mean).min() ?? 1
    #expect(lowest < 0.1)
  }
}
