import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Reports
import Testing

/// Counts of a cell's charge around a comparison's pairs, from samples whose charge is known by hand.
@Suite("What a report says of a counted capacity")
struct CapacityTests {
  private static let bench = """
    zero_current = "30 mA"       # 5 sd of the noise
    [accuracy.cell_voltage]
    noise = "1 mV"
    [accuracy.current]
    noise = "5 mA"
    offset = "2 mA"
    scale = "0.1 %"

    """

  /// A discharge of 7.2 A, 1 s between readings, so that a reading is 2 mAh.
  private struct Count {
    var when: String
    var readings: Int
    var celsius = 25.0
    var ending: String? = "voltage <= 2.5 V"
    /// Readings of rest and of a second stretch of discharge; 0: one stretch.
    var second = (rest: 0, readings: 0)
  }

  /// A journal of counts, each with what must not count around it.
  private struct Story {
    var records: [Record] = []
    private var scan = 0
    private var time = 0.0
    private var step = 0
    private var phase = -1
    private var celsius = 25.0
    /// Scans of each count's discharge, for plain SQL.
    private(set) var discharges: [ClosedRange<Int>] = []

    init(bench: String?) {
      records.append(
        .header(
          RunHeader(
            run: "r", asset: "A", bench: "b", unixStart: 0, pace: "stepped", version: "0",
            versions: [:], researchOverride: nil, scanPeriod: 1, controlPeriod: 1)))
      if let bench {
        records.append(.input(role: "bench", name: "b.toml", content: Array(bench.utf8)))
      }
    }

    private mutating func event(_ id: String, _ message: String) {
      records.append(
        .event(
          Event(time: Seconds(time), unixTime: time, severity: .info, id: id, message: message)))
    }

    mutating func begin(_ name: String) {
      phase += 1
      event("phase.started", "\(phase + 1) of 9: \(name)")
    }

    /// A step of `readings`; its readings are labelled as its own, the last decides that it ends.
    mutating func step(_ readings: Int, _ current: Double, ending: String? = "time >= 1 s") {
      step += 1
      for _ in 0..<readings { read(current) }
      if let ending { event("step.ended", "\(step): \(ending)") }
    }

    private mutating func read(_ current: Double) {
      var sample = Sample(scan: scan, time: Seconds(time), unixTime: time)
      // At rest a reading shows the ammeter's offset, to either side.
      let shown = current == 0 ? (scan % 2 == 0 ? 0.02 : -0.02) : current
      sample.current = Reading(Amperes(shown), at: sample.time)
      sample.cellVoltage = Reading(Volts(current < 0 ? 2.6 : 3.9), at: sample.time)
      sample.surfaceCount = 1
      sample.surface[0] = Reading(Celsius(celsius), at: sample.time)
      records.append(.sample(sample, step: step, phase: phase))
      (scan, time) = (scan + 1, time + 1)
    }

    /// The controller ends and goes on an hour later.
    mutating func stop() {
      time += 3600
      records.append(
        .sitting(
          Sitting(firstScan: scan, time: Seconds(time), unixTime: time, version: "0")))
    }

    mutating func count(_ count: Count, stopsAfter: Int? = nil) {
      begin("capacity \(count.when): protocol c")
      celsius = count.celsius
      step(5, 0)
      step(40, -7.2)  // From an unknown charge: not from a full cell.
      step(30, 3.6)
      step(10, 0)
      let start = scan
      if let stopsAfter {
        step += 1
        for _ in 0..<stopsAfter { read(-7.2) }
        stop()
        for _ in stopsAfter..<count.readings { read(-7.2) }
        event("step.ended", "\(step): voltage <= 2.5 V")
      } else {
        step(count.readings, -7.2, ending: count.second.readings == 0 ? count.ending : "time")
      }
      if count.second.readings > 0 {
        step(count.second.rest, 0)
        step(count.second.readings, -7.2, ending: count.ending)
      }
      discharges.append(start...scan - 1)
      guard count.ending != nil else { return }
      step(10, 0)
      step(20, 3.6)
      event("phase.ended", "capacity")
      begin("protocol prepare")
      celsius = 25
      step(25, -7.2)
      step(5, 0)
    }
  }

  private func journal(_ story: Story) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(story.records)
    try writer.close()
    return folder
  }

  private func comparison(
    _ counts: [Count], bench: String? = CapacityTests.bench
  ) throws -> ComparisonNumbers {
    var story = Story(bench: bench)
    for count in counts { story.count(count) }
    let folder = try journal(story)
    return try JournalReader(folder.path).read { try RunNumbers($0).comparison }
  }

  @Test("a count is the last discharge from the full cell, to the reading, and plain SQL agrees")
  func counted() throws {
    var story = Story(bench: Self.bench)
    story.count(Count(when: "before", readings: 1000))
    story.count(Count(when: "after", readings: 600, second: (rest: 30, readings: 390)))
    let folder = try journal(story)
    let found = try JournalReader(folder.path).read { try RunNumbers($0).comparison }
    #expect(found.capacities.map(\.when) == ["before", "after"])
    let sql = try PlainSQL(folder.path + "/journal.sqlite")
    for (count, scans) in zip(found.capacities, story.discharges) {
      // Each reading stands for a second; what is seen at rest is no current.
      let sum = try sql.numbers(
        "SELECT sum(-current_ampere), count(*), min(test_time_second), max(test_time_second) "
          + "FROM samples WHERE scan BETWEEN \(scans.lowerBound) AND \(scans.upperBound) "
          + "AND current_ampere < -1")
      #expect(abs((count.ampereHour ?? 0) - sum[0] / 3600) < 1e-9)
      #expect(abs((count.dischargeSecond ?? 0) - sum[1]) < 1e-9)
      #expect(count.startSecond == sum[2] && count.endSecond == sum[3])
      #expect(count.voltageLowestVolt == 2.6 && count.endedBy == "voltage <= 2.5 V")
    }
    #expect(abs((found.capacities[0].ampereHour ?? 0) - 2) < 1e-9)
    let difference = try #require(found.capacityDifferences.first)
    #expect(abs(difference.ampereHour + 0.02) < 1e-9 && abs(difference.percent + 1) < 1e-9)
  }

  @Test("its error is the bench file's: scale, offset and noise, of both counts for the difference")
  func error() throws {
    let found = try comparison([
      Count(when: "before", readings: 1000), Count(when: "after", readings: 990),
    ])
    // 0.1 % of 2 Ah; 2 mA for 1000 s; 5 mA in each of 1000 readings: 2, 0.5556, 0.0439 mAh.
    #expect(abs((found.capacities[0].ampereHourSd ?? 0) - 2.07619e-3) < 1e-8)
    #expect(abs((found.capacities[1].ampereHourSd ?? 0) - 2.05543e-3) < 1e-8)
    let difference = try #require(found.capacityDifferences.first)
    #expect(abs((difference.ampereHourSd ?? 0) - 2.92154e-3) < 1e-8)
    let verdict = try #require(found.verdict)
    #expect(verdict.contains("Counted capacity 2.000 then 1.980 A h (\u{2212}1.00 %"))
    #expect(verdict.contains("stated error 0.29 %") && verdict.contains("one measurement each"))
    #expect(!verdict.contains("no change is shown"))
  }

  @Test("a change below the stated error is none; without a stated error none is claimed")
  func nothingShown() throws {
    let counts = [Count(when: "before", readings: 1000), Count(when: "after", readings: 998)]
    let small = try #require(try comparison(counts).verdict)
    #expect(small.contains("(\u{2212}0.20 %") && small.contains("no change is shown"))
    for bench in [nil, "zero_current = \"30 mA\"\n[accuracy.cell_voltage]\nnoise = \"1 mV\"\n"] {
      let silent = try comparison(
        [Count(when: "before", readings: 1000), Count(when: "after", readings: 800)], bench: bench)
      #expect(silent.capacityDifferences.first?.ampereHourSd == nil)
      let verdict = try #require(silent.verdict)
      #expect(verdict.contains("(\u{2212}20.00 %)") && verdict.contains("no change is claimed"))
    }
  }

  @Test("counts at two temperatures or to two ends are not compared")
  func incomparable() throws {
    let cold = try comparison([
      Count(when: "before", readings: 1000),
      Count(when: "after", readings: 800, celsius: 23.9),
    ])
    #expect(
      try #require(cold.verdict).contains("not comparable, at 25.0 and 23.9 \u{b0}C"))
    let near = try comparison([
      Count(when: "before", readings: 1000),
      Count(when: "after", readings: 800, celsius: 24.1),
    ])
    #expect(try !#require(near.verdict).contains("not comparable"))
    let early = try comparison([
      Count(when: "before", readings: 1000),
      Count(when: "after", readings: 800, ending: "voltage <= 3.0 V"),
    ])
    #expect(try #require(early.verdict).contains("not comparable, ended by voltage <= 2.5 V and"))
  }

  @Test("a discharge that did not go to its voltage is no capacity, and the verdict says why")
  func incomplete() throws {
    let hot = try comparison([
      Count(when: "before", readings: 1000, ending: "surface temperature >= 45.0 degC"),
      Count(when: "after", readings: 900),
    ])
    #expect(hot.capacityDifferences.isEmpty)
    #expect(
      try #require(hot.verdict).contains(
        "before the first pair was not counted: its discharge was ended by surface temperature"))
    let only = try comparison([Count(when: "before", readings: 1000)])
    #expect(
      try #require(only.verdict).contains(
        "Counted capacity 2.000 A h before the first pair, none after the last."))
    let cut = try comparison([
      Count(when: "before", readings: 1000), Count(when: "after", readings: 500, ending: nil),
    ])
    #expect(
      try #require(cut.verdict).contains(
        "after the last it was not counted: its discharge did not come to its end"))
  }

  @Test("a stop of an hour in the discharge counts nothing")
  func stopped() throws {
    var story = Story(bench: Self.bench)
    story.count(Count(when: "before", readings: 1000), stopsAfter: 400)
    let folder = try journal(story)
    let found = try JournalReader(folder.path).read { try RunNumbers($0).comparison }
    // The interval that the stop took away is one reading's.
    #expect(abs((found.capacities[0].ampereHour ?? 0) - 2 * 0.999) < 1e-9)
  }

  @Test("the page shows each count and the change, and each number is its data block's")
  func page() throws {
    var story = Story(bench: Self.bench)
    story.count(Count(when: "before", readings: 1000))
    story.count(Count(when: "after", readings: 990))
    let folder = try journal(story)
    let html = try ReportPage(JournalReader(folder.path)).html
    #expect(html.contains("<p class=\"verdict\">Counted capacity 2.000 then 1.980 A h"))
    for key in [
      "comparison.capacities.0.ampere_hour", "comparison.capacities.1.ampere_hour_sd",
      "comparison.capacity_differences.0.percent",
    ] {
      #expect(html.contains("data-key=\"\(key)\" value="), "\(key)")
    }
    #expect(!(try comparison([]).verdict?.contains("capacity") ?? false))
  }
}
