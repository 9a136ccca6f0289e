import Bench
import Quantities
import Records
import Testing

/// A campaign is a function of the samples and stops that it has seen: given them again, it is where it was.
@Suite("Replay of a campaign")
struct ReplayTests {
  private static func phases() throws -> [(String, Bench.CampaignPhase.Work)] {
    [
      (
        "protocol",
        try StopAndGo.steps([
          "Rest for 20 s", "Discharge at 1C for 60 s", "Charge at C/2 until 0.02 Ah",
          "Hold at 3.9 V for 40 s or until C/20", "Rest for 20 s",
        ])
      ), ("charge", StopAndGo.ride),
    ]
  }

  /// Replays `seconds` of a run into a fresh campaign, then gives both the same rest: not a bit may differ.
  private func compare(
    _ phases: [(String, Bench.CampaignPhase.Work)], stops: [(after: Int, gap: Double)], at last: Int
  ) throws {
    var bench = try StopAndGo(phases)
    for stop in stops {
      try bench.run(stop.after)
      try bench.stop(for: stop.gap)
    }
    try bench.run(last)
    let known = bench.samples.count
    try bench.stop(for: 3000)
    try bench.run()
    #expect(bench.outcome?.status == 0, "\(bench.events.suffix(3))")

    let campaign = try StopAndGo.campaign(phases)
    let replay = CampaignReplay(campaign)
    for number in 0..<known {
      if bench.stops.contains(number) { replay.interrupt() }
      try replay.take(bench.samples[number], recorded: nil)
    }
    replay.interrupt()
    #expect(replay.count == known && replay.last?.scan == known - 1)
    for number in known..<bench.samples.count {
      if number > known, bench.stops.contains(number) { replay.interrupt() }
      let output = campaign.decide(on: bench.samples[number])
      #expect(output.requested.value == bench.requests[number], "sample \(number)")
      if output.requested.value != bench.requests[number] { return }
    }
  }

  @Test(
    "the rest of a run is to the last bit what it would have been",
    arguments: [5, 21, 50, 81, 110, 125, 160, 200])
  func same(at: Int) throws { try compare(Self.phases(), stops: [], at: at) }

  @Test("also when it was stopped before, twice in one step")
  func stoppedBefore() throws {
    try compare(Self.phases(), stops: [(30, 500), (10, 60), (80, 7)], at: 15)
  }

  @Test("also while an excitation is designed, and while it runs", arguments: [10, 60])
  func identification(at: Int) throws {
    try compare([("identify", StopAndGo.identification)], stops: [], at: at)
  }

  @Test("a run that was stopped does what it was asked, no more and no less")
  func work() throws {
    var plain = try StopAndGo(Self.phases())
    try plain.run()
    var stopped = try StopAndGo(Self.phases())
    for seconds in [40, 30, 45, 20] {
      try stopped.run(seconds)
      try stopped.stop(for: 1800)
    }
    try stopped.run()
    #expect(plain.outcome?.status == 0 && stopped.outcome?.status == 0)
    func steps(_ bench: StopAndGo) -> [String] {
      bench.events.filter { $0.id == "step.started" }.map(\.message)
    }
    #expect(steps(stopped) == steps(plain))
    let discharge = try stopped.charge(in: "Discharge at 1C for 60 s")
    #expect(abs(discharge + 5 * 60) < 1e-9, "\(discharge)")
    // To one control period at C/2.
    let charge = try stopped.charge(in: "Charge at C/2 until 0.02 Ah")
    #expect(charge >= 72 && charge < 72 + 2.5, "\(charge)")
    #expect(abs(try plain.charge(in: "Charge at C/2 until 0.02 Ah") - charge) < 1e-9)
  }

  @Test("a decision on record that the replay does not come to is named")
  func disagreement() throws {
    var bench = try StopAndGo(Self.phases())
    try bench.run(60)
    func replay(_ recorded: (Int) -> (step: Int, requested: Double)) throws -> CampaignReplay {
      let replay = CampaignReplay(try StopAndGo.campaign(Self.phases()))
      for sample in bench.samples {
        let (step, requested) = recorded(sample.scan)
        try replay.take(
          sample,
          recorded: Decision(
            scan: sample.scan, time: sample.time, phase: 0, step: step,
            requested: Amperes(requested), admitted: .zero, binding: .step, reason: ""))
      }
      return replay
    }
    let right = try replay { ($0 < 20 ? 1 : 2, bench.requests[$0]) }
    #expect(right.disagreement == nil && right.largestDifference == .zero)
    #expect(right.place.hasPrefix("phase 1 of 2, protocol, step 2: Discharge"))
    // A twin that was late had not said its own yet.
    let late = try replay { ($0 < 21 ? 1 : 2, bench.requests[max($0 - 1, 0)]) }
    #expect(late.disagreement == nil && late.largestDifference == .zero)
    let wrong = try replay { ($0 < 30 ? 1 : 2, bench.requests[$0]) }
    #expect(wrong.disagreement?.hasPrefix("scan 21 at ") == true, "\(wrong.disagreement ?? "")")
    let other = try replay { ($0 < 20 ? 1 : 2, $0 == 40 ? -4.5 : bench.requests[$0]) }
    #expect(other.disagreement == nil && other.largestDifference == Amperes(0.5))
  }

  @Test("a replay that is cancelled ends at its next sample")
  func cancel() throws {
    var bench = try StopAndGo(Self.phases())
    try bench.run(3)
    let replay = CampaignReplay(try StopAndGo.campaign(Self.phases()))
    try replay.take(bench.samples[0], recorded: nil)
    replay.cancel()
    #expect(throws: CampaignReplay.Cancelled.self) {
      try replay.take(bench.samples[1], recorded: nil)
    }
    #expect(replay.count == 1)
  }
}
