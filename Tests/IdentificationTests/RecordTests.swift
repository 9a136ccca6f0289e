import Electrochemistry
import Identification
import Records
import Testing

/// One real record against the cell files.
struct RecordTests {
  static func record() throws -> MeasuredRecord {
    MeasuredRecord(
      try Fixture.record(), name: "C/2", tolerance: 0.01, longestGap: 60, comparedPeriod: 60,
      ambient: 273.15 + 24.5)
  }

  /// 4 mV above what was found; cells of this kind differ by 8 mV among themselves.
  @Test("lg-m50 from rest, open loop, on a C/2 discharge and charge at 25 degC: 15 mV rms")
  func openLoop() throws {
    let record = try Self.record()
    let fitted = FitReport.scores([record], try Fixture.cell("lg-m50"))[0]
    let before = FitReport.scores([record], try Fixture.cell("chen2020"))[0]
    #expect(fitted.missed == 0)
    #expect(fitted.voltageRMS < 0.015, "\(fitted.voltageRMS) V")
    #expect(fitted.voltageRMS < 0.5 * before.voltageRMS)
    #expect(try #require(fitted.temperatureRMS) < 1)
  }

  @Test("thinning keeps the current within its tolerance and every charge")
  func thinning() throws {
    let table = try Fixture.record()
    let record = try Self.record()
    #expect(record.times.count < table.count)
    func charge(_ t: [Double], _ i: [Double]) -> Double {
      var sum = 0.0
      for k in 1..<t.count { sum += 0.5 * (i[k] + i[k - 1]) * (t[k] - t[k - 1]) }
      return sum / 3600
    }
    let (all, kept) = (charge(table.time, table.current), charge(record.times, record.currents))
    // 10 mA over 9 h would be 90 mAh; what is left out lies on either side of the line.
    #expect((all - kept).magnitude < 0.005, "\(all - kept) A h")
    #expect(record.compared.allSatisfy(record.times.indices.contains))
  }

  @Test("a model that leaves its range is told from one that arrives")
  func failure() throws {
    var record = try Self.record()
    record.currents = record.currents.map { 40 * $0 }
    let model = SPMe(try Fixture.cell("chen2020"), mesh: .coarse, thermal: .lumped)
    let run = RecordSimulation(record, model, stateOfChargeOffset: 0)
    #expect(run.failure != nil)
    #expect(run.voltages.count == record.compared.count)
    #expect(run.voltages.last?.isNaN == true)
  }
}
