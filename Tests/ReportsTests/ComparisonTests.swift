import Foundation
import Journal
import JournalTestKit
import Quantities
import Records
import Reports
import Testing

/// Journals whose comparison is known by hand.
@Suite("What a report says of a comparison")
struct ComparisonTests {
  /// One charge and the rest after it.
  private struct Arm {
    var side: String
    var seconds: Int
    /// Lowest estimate of the potential, V; its sd is 1 mV.
    var potential = 0.0125
    /// V at rest, after so many seconds.
    var decay: (Double) -> Double = { 4.0 - 0.01 * log(1 + $0 / 20) }
    var isUnequal = false
  }

  private func numbers(_ arms: [Arm]) throws -> ComparisonNumbers {
    let folder = try TemporaryFolder()
    let writer = try JournalWriter.open(directory: folder.path)
    try writer.append(records(arms))
    try writer.close()
    return try JournalReader(folder.path).read { try RunNumbers($0).comparison }
  }

  private func records(_ arms: [Arm]) -> [Record] {
    var records: [Record] = [
      .header(
        RunHeader(
          run: "r", asset: "A", bench: "b", unixStart: 0, pace: "stepped", version: "0",
          versions: [:], researchOverride: nil, scanPeriod: 1, controlPeriod: 1)),
      .input(
        role: "campaign", name: "c.toml",
        content: Array("limits = { plating_margin = \"10 mV\" }\n".utf8)),
    ]
    var scan = 0
    func now() -> Seconds { Seconds(Double(scan)) }
    func event(_ id: String, _ message: String) {
      records.append(
        .event(Event(time: now(), unixTime: 0, severity: .info, id: id, message: message)))
    }
    func tick(_ phase: Int, _ current: Double, _ voltage: Double, _ potential: Double) {
      var sample = Sample(scan: scan, time: now(), unixTime: 0)
      sample.cellVoltage = Reading(Volts(voltage), at: now())
      sample.current = Reading(Amperes(current), at: now())
      sample.surfaceCount = 1
      sample.surface[0] = Reading(Celsius(10 + current), at: now())
      records.append(.sample(sample, step: 1, phase: phase))
      var estimate = Estimate(scan: scan, time: now())
      estimate.negativePotentialAtSeparator = Estimated(potential, sd: 1e-3)
      records.append(.estimate(estimate))
      records.append(
        .decision(
          Decision(
            scan: scan, time: now(), phase: phase, step: 1, requested: Amperes(current),
            admitted: Amperes(current), binding: current > 0 ? .platingMargin : .step, reason: "")))
      scan += 1
    }
    for (index, arm) in arms.enumerated() {
      let phase = 2 * index
      event("phase.started", "\(phase + 1) of \(2 * arms.count): \(arm.side): ride to 70 %")
      if arm.isUnequal { event("arm.unequal", "state of charge 12 %, the first arm's 10 %") }
      tick(phase, 0, 3.5, 0.2)
      var promised = ChargeRecord(.promised, time: now(), phase: phase, policy: "ride")
      promised.duration = 50
      promised.durationBand = (45, 55)
      records.append(.charge(promised))
      for _ in 0..<arm.seconds { tick(phase, 3.6, 4.05, arm.potential) }
      records.append(.charge(ChargeRecord(.happened, time: now(), phase: phase, policy: "ride")))
      event("phase.started", "\(phase + 2) of \(2 * arms.count): protocol relax")
      for second in 0..<600 { tick(phase + 1, 0, arm.decay(Double(second)), 0.1) }
    }
    return records
  }

  @Test("two pairs: mean and interval by Student's t with one degree of freedom")
  func pairs() throws {
    let found = try numbers([
      Arm(side: "baseline", seconds: 100), Arm(side: "prescription", seconds: 60),
      Arm(side: "prescription", seconds: 66), Arm(side: "baseline", seconds: 110),
    ])
    #expect(found.arms.map(\.durationSecond) == [100, 60, 66, 110])
    #expect(found.differencesSecond == [-40, -44])
    #expect(found.meanSecond == -42)
    // 12.706 x sd 2.8284 / sqrt 2
    #expect(abs((found.halfIntervalSecond ?? 0) - 25.412) < 1e-3)
    #expect(found.arms.allSatisfy { $0.hasPlateau == false && $0.marginViolations == 0 })
    // 3.6 A for 59 s between readings, and half a second while it rises.
    #expect(abs((found.arms[1].ampereHour ?? 0) - 3.6 * 59.5 / 3600) < 1e-9)
    #expect(found.arms[0].promisedSecond == 50 && found.arms[0].promisedHighSecond == 55)
    #expect(abs((found.arms[0].potentialLowestLess2SdMillivolt ?? 0) - 10.5) < 1e-9)
    let verdict = try #require(found.verdict)
    #expect(verdict.contains("the prescription was faster on this cell"))
    #expect(verdict.contains("inferred by the twin, not measured"))
    #expect(verdict.contains("No plateau was seen"))
  }

  @Test("a difference within its interval is not called one")
  func nothingShown() throws {
    let found = try numbers([
      Arm(side: "baseline", seconds: 100), Arm(side: "prescription", seconds: 99),
      Arm(side: "prescription", seconds: 104), Arm(side: "baseline", seconds: 101),
    ])
    #expect(try #require(found.verdict).contains("no difference is shown"))
  }

  @Test("one pair has no interval, and the verdict says so")
  func onePair() throws {
    let found = try numbers([
      Arm(side: "baseline", seconds: 100), Arm(side: "prescription", seconds: 60),
    ])
    #expect(found.halfIntervalSecond == nil)
    let verdict = try #require(found.verdict)
    #expect(verdict.contains("no interval") && !verdict.contains("was faster"))
  }

  @Test("arms that start apart are not compared")
  func unequal() throws {
    var late = Arm(side: "prescription", seconds: 60)
    late.isUnequal = true
    let found = try numbers([Arm(side: "baseline", seconds: 100), late])
    #expect(found.differencesSecond.isEmpty)
    #expect(try #require(found.verdict).contains("Nothing can be compared"))
  }

  @Test("a margin that the estimate passed is said, and whose")
  func margin() throws {
    let found = try numbers([
      Arm(side: "baseline", seconds: 100, potential: 0.009),
      Arm(side: "prescription", seconds: 60),
    ])
    // The last estimate after its current is the rest's first.
    #expect(found.arms[0].marginViolations == 99 && found.arms[1].marginViolations == 0)
    #expect(try #require(found.verdict).contains("not kept by estimate under the baseline"))
  }

  @Test("an estimate above the margin by less than 2 sd is a doubt, not a violation")
  func doubt() throws {
    let found = try numbers([
      Arm(side: "baseline", seconds: 100, potential: 0.0105),
      Arm(side: "prescription", seconds: 60),
    ])
    #expect(found.arms[0].marginViolations == 0 && found.arms[0].marginDoubts == 99)
    #expect(found.arms[1].marginDoubts == 0)
    let verdict = try #require(found.verdict)
    #expect(
      verdict.contains("but under the baseline not by 2 sd"))
  }

  @Test("a hump in the decay is seen: 30 mV that go between 150 and 300 s")
  func plateau() throws {
    let stripped: (Double) -> Double = { second in
      4.03 - 0.002 * log(1 + second / 20) - 0.03 / (1 + exp(-(second - 220) / 25))
    }
    let found = try numbers([
      Arm(side: "baseline", seconds: 100, decay: stripped),
      Arm(side: "prescription", seconds: 60),
    ])
    #expect(found.arms[0].hasPlateau == true && found.arms[1].hasPlateau == false)
    #expect(try #require(found.verdict).contains("seen after 1 of 2 charges"))
  }
}
