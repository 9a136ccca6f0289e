import Journal
import JournalTestKit
import Quantities
import Records
import Reports
import Testing

@Suite("Numbers of a run that was stopped and went on")
struct StoppedRunTests {
  private func sample(_ scan: Int, _ time: Double, _ phase: Int) -> Record {
    var sample = Sample(scan: scan, time: Seconds(time), unixTime: 1e9 + time)
    sample.current = Reading(Amperes(3.6), at: sample.time)
    sample.cellVoltage = Reading(Volts(2), at: sample.time)
    return .sample(sample, step: 1, phase: phase)
  }

  @Test(
    "charge and energy are those of the sittings, whatever flowed last before a stop of an hour")
  func charge() throws {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    let header = RunHeader(
      run: "r", asset: "A", bench: "B", unixStart: 1e9, pace: "real", version: "1",
      versions: [:], researchOverride: nil, scanPeriod: 1, controlPeriod: 1)
    try writer.append([.header(header)] + (0...10).map { sample($0, Double($0), 0) })
    let before = try JournalReader(folder.path).read { try RunNumbers($0) }
    #expect(before.sittingCount == 1 && before.stoppedSecond == 0)
    let sitting = Sitting(firstScan: 11, time: Seconds(3605), unixTime: 1e9 + 3605, version: "1")
    try writer.append([.sitting(sitting)] + (0...10).map { sample(11 + $0, 3610 + Double($0), 1) })
    try writer.close()

    let reader = try JournalReader(folder.path)
    let numbers = try reader.read { try RunNumbers($0) }
    // 3.6 A at 2 V for twice 10 s.
    #expect(abs((numbers.chargedAmpereHour ?? 0) - 0.02) < 1e-12)
    #expect(abs((numbers.chargedWattHour ?? 0) - 0.04) < 1e-12)
    #expect(numbers.phases.allSatisfy { abs(($0.netAmpereHour ?? 0) - 0.01) < 1e-12 })
    #expect(numbers.sittingCount == 2 && numbers.stoppedSecond == 3600)
    #expect(numbers.durationSecond == 3620)
    #expect(try ReportPage(reader).html.contains("sittings, stopped for"))
  }
}
