import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Testing

@Suite("A run that was stopped and goes on has one journal")
struct SittingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let header = Record.header(
    RunHeader(
      run: "r", asset: "A", bench: "B", unixStart: 1e9, pace: "stepped", version: "1",
      versions: [:], researchOverride: nil, scanPeriod: 1, controlPeriod: 1))

  private static func sample(_ scan: Int, _ time: Double, current: Double = 0) -> Record {
    var sample = Sample(scan: scan, time: Seconds(time), unixTime: 1e9 + time)
    sample.current = Reading(Amperes(current), at: sample.time)
    sample.cellVoltage = Reading(Volts(2), at: sample.time)
    return .sample(sample, step: 1, phase: 0)
  }

  private static func sitting(_ scan: Int, _ time: Double) -> Record {
    .sitting(
      Sitting(firstScan: scan, time: Seconds(time), unixTime: 1e9 + time, version: "2"))
  }

  private static func ended(_ status: Int, _ time: Double) -> Record {
    .ended(status: status, message: "\(status)", time: Seconds(time), unixTime: 1e9 + time)
  }

  private static func event(_ id: String, _ time: Double) -> Record {
    .event(
      Event(
        time: Seconds(time), unixTime: 1e9 + time, severity: .info, id: id, message: id))
  }

  private func write(_ records: [Record]) throws {
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(records)
    try writer.close()
  }

  private func read<T>(_ body: (JournalView) throws -> T) throws -> T {
    try JournalReader(folder.path).read(body)
  }

  @Test("each sitting has its own ending, and the run's is that of the last")
  func endings() throws {
    try write([Self.header, Self.sample(0, 1), Self.ended(130, 2)])
    #expect(try read { try $0.ending() }?.status == 130)
    // One ending a sitting.
    #expect(throws: JournalError.self) { try write([Self.ended(0, 3)]) }
    try write([Self.sitting(1, 3600), Self.sample(1, 3601)])
    #expect(try read { try $0.ending() } == nil)
    try write([Self.ended(0, 3602)])
    #expect(try read { try $0.ending() }?.status == 0)
    let sql = try PlainSQL(folder.path + "/journal.sqlite")
    #expect(
      try sql.rows("SELECT id, status FROM ended ORDER BY id") == [["1", "130"], ["2", "0"]])
    #expect(try read { try $0.sittings() }.map(\.firstScan) == [0, 1])
    #expect(try read { try $0.sittings() }.map(\.version) == ["1", "2"])
  }

  @Test("where it leaves off: last scan, last time of anything, the rig's clock at time 0")
  func tail() throws {
    try write([Self.header])
    let empty = try read { try $0.tail() }
    #expect(empty.lastScan == nil && empty.paceOrigin == nil)
    try write([
      .paceMark(time: Seconds(1), pace: 41), Self.sample(0, 1), Self.sample(7, 8),
      Self.event("run.made_safe", 9.5), Self.ended(3, 9),
    ])
    let tail = try read { try $0.tail() }
    #expect(tail.lastScan == 7 && tail.lastTime == Seconds(9.5) && tail.paceOrigin == 40)
  }

  @Test("neither charge nor energy nor time stopped is counted over a stop, however often it was")
  func charge() throws {
    // 2 A at 2 V for 10 s in each of two sittings; in between a sitting that came to no sample.
    let first = (0...10).map { Self.sample($0, Double($0), current: 2) }
    let second = (0...10).map { Self.sample(11 + $0, 5000 + Double($0), current: 2) }
    try write(
      [Self.header] + first + [Self.ended(130, 10), Self.sitting(11, 100), Self.ended(3, 100)]
        + [Self.sitting(11, 4999)] + second + [Self.ended(0, 5010)])
    #expect(try read { try $0.stoppedSeconds() } == 4990)
    let out = folder.path + "/out"
    _ = try JournalExport.write(JournalReader(folder.path), to: out, name: "x")
    let lines = try String(contentsOfFile: out + "/x.bdf.csv", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let charge = try #require(lines[0].firstIndex(of: "charging_capacity_ah"))
    let energy = try #require(lines[0].firstIndex(of: "charging_energy_wh"))
    #expect(lines.count == 23)
    #expect(abs((Double(lines[22][charge]) ?? 0) - 40 / 3600.0) < 1e-9)
    #expect(abs((Double(lines[22][energy]) ?? 0) - 80 / 3600.0) < 1e-9)
    let text = try String(contentsOfFile: out + "/x.metadata.json", encoding: .utf8)
    let metadata = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let extras = metadata?["extras"] as? [String: Any]
    #expect((extras?["sittings"] as? [Any])?.count == 3)
  }

  @Test(
    "a campaign saw the scans with an estimate, those that its twin failed on, and a torn last one")
  func assimilated() throws {
    func estimate(_ scan: Int, _ time: Double) -> Record {
      .estimate(Estimate(scan: scan, time: Seconds(time)))
    }
    func decision(_ scan: Int, _ time: Double) -> Record {
      .decision(
        Decision(
          scan: scan, time: Seconds(time), phase: 1, step: 2, requested: Amperes(-3),
          admitted: Amperes(-2), binding: .step, reason: "why"))
    }
    try write(
      [Self.header] + (0..<8).map { Self.sample($0, Double($0) / 10) }
        + [
          // The start check's, a scan between control periods, one that failed, a torn one.
          Self.event("start.checked", 0.1), estimate(2, 0.2), decision(2, 0.2),
          Self.event("step.started", 0.2), estimate(4, 0.4), Self.event("twin.failed", 0.5),
          Self.event("twin.late", 0.6), Self.event("step.ended", 0.7),
        ])
    var seen: [Int] = []
    var decisions: [Decision] = []
    try read { view in
      try view.assimilated { sample, decision in
        seen.append(sample.scan)
        if let decision { decisions.append(decision) }
      }
    }
    #expect(try read { try $0.assimilatedCount() } == 4)
    #expect(seen == [2, 4, 5, 7])
    #expect(decisions.count == 1)
    #expect(decisions.first?.phase == 1 && decisions.first?.step == 2)
    #expect(decisions.first?.requested == Amperes(-3) && decisions.first?.reason == "why")
    let told = try read { try $0.told(at: Seconds(0.7)) }
    #expect(told.events.map(\.id) == ["step.ended"] && !told.hasEstimate)
    #expect(try read { try $0.told(at: Seconds(0.2)) }.hasEstimate)
  }

  @Test("a journal of schema 1 is read, and not continued")
  func first() throws {
    try write([Self.header, Self.sample(0, 1), Self.sample(1, 2, current: 3.6), Self.ended(0, 2)])
    let sql = try PlainSQL(folder.path + "/journal.sqlite")
    for table in ["sittings", "pace_marks"] { try sql.rows("DROP TABLE \(table)") }
    try sql.rows("PRAGMA user_version = 1")
    let reader = try JournalReader(folder.path)
    #expect(reader.schema == 1)
    #expect(try read { try $0.ending() }?.status == 0)
    #expect(try read { try $0.sittings() }.map(\.version) == ["1"])
    #expect(try read { try $0.stoppedSeconds() } == 0)
    #expect(try read { try $0.tail() }.lastScan == 1)
    let out = folder.path + "/out"
    #expect(try JournalExport.write(reader, to: out, name: "x").records == 2)
    #expect(throws: JournalError.self) { try JournalWriter.open(directory: folder.path) }
  }
}
