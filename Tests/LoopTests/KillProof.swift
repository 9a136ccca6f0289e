import Foundation
import Glibc
import JournalTestKit
import Testing

/// One death or lost port on the demo bench, or both at once, and what the rig's truth says of it.
struct KillProof: CustomStringConvertible {
  /// nil: nobody dies.
  var blow: Blow?
  /// The port that vanishes; nil: none.
  var unplugs: String?
  var phase: BenchPhase
  /// Where in the traffic the rig strikes, as `--signal-at` wants it; nil: at any time.
  var place: String?

  init(
    _ blow: Blow?, _ phase: BenchPhase, unplugging port: String? = nil, at place: String? = nil,
    delay: Double = 0, triesAgain: Bool = true
  ) {
    unplugs = port
    self.delay = delay
    self.triesAgain = triesAgain
    self.blow = blow
    self.phase = phase
    self.place = place ?? (phase == .pulse ? "meter:read:1:before:\(BenchPhase.pulsePace)" : nil)
  }

  var description: String {
    let what = [blow?.rawValue, unplugs.map { "\($0) unplugged" }].compactMap(\.self)
    return "\(what.joined(separator: ", ")), \(phase.rawValue)\(place.map { " at \($0)" } ?? "")"
  }

  /// What was measured, from the blow on, in ms of wall time.
  struct Result {
    var toZero: Double
    var toOpen: Double
    /// Of `lockstep run`.
    var status: Int32?
    /// The file that latches the bench.
    var latch: String?
    /// The guard's line on its first bytes; nil: it did not take over.
    var firstBytes: String?
  }

  /// The bench did not get to where the blow was to fall.
  struct NotStruck: Error, CustomStringConvertible {
    var description: String
    /// Whether the controller had no time to run, by the guard's watch or its own.
    var isStarved: Bool {
      description.contains("the controller hung") || description.contains("held up for")
    }
  }

  /// Whether a next run is to be tried, refused, and the latch acknowledged.
  var triesAgain = true
  /// How long after the phase is reached the blow falls, s of wall time.
  var delay = 0.0

  /// Strikes, waits until everything stands still, and judges.
  func carryOut() throws -> Result {
    let bench = try LoopBench(stateOfCharge: phase.stateOfCharge, rigWords: trap)
    let job =
      phase.steps.isEmpty
      ? try bench.write(BenchPhase.rideCampaign, to: "job.toml")
      : try bench.protocolFile(phase.steps)
    let run = try bench.run(job)
    let controller = try controller(of: run)
    defer { if !hasEnded(controller) { kill(controller, SIGKILL) } }
    let struck = try strike(bench, run, controller)
    if blow == .stopBoth {
      // Stopped for ever; the contactor's relay is alone.
      try #require(
        Patience.until { bench.latestTruth.rows.last?.contactorClosed == false },
        "the contactor stays closed")
      for target in [run.process, controller] { kill(target, SIGKILL) }
    }
    if guardHoldsOn { run.leaveAsItIs() }
    let status = run.end()
    #expect(status == self.status, "\(run.error)")
    #expect(Patience.until { hasEnded(controller) }, "the controller lives on")
    let latch = bench.latch
    try checkLatch(bench)
    checkNaming(run)
    watchOn(bench, until: struck + timeToOpen + Self.watch)
    var result = try judge(bench, struck: struck, status: status)
    let mark = "lockstep-guard: first bytes after the death: "
    result.firstBytes = run.error.split(separator: "\n").first { $0.hasPrefix(mark) }
      .map { String($0.dropFirst(mark.count)) }
    result.latch = latch
    return result
  }

  /// How long the truth is watched after the contactor opened, s.
  private static let watch = 0.5

  /// Lets the truth go on, until `end` at the latest.
  private func watchOn(_ bench: LoopBench, until end: Double) {
    var opened: Double?
    _ = Patience.until {
      let now = Patience.unixTime
      if opened == nil, bench.latestTruth.rows.last?.contactorClosed == false { opened = now }
      return now > min(end, (opened ?? end) + Self.watch)
    }
  }

  private func judge(_ bench: LoopBench, struck: Double, status: Int32?) throws -> Result {
    let truth = try bench.endedTruth()
    if let unplugs { #expect(bench.rig.error.contains("rig: port \(unplugs) is gone")) }
    let last = try #require(truth.rows.last)
    if phase.flows { #expect(truth.rows.contains { !$0.isQuiet }, "no current to stop") }
    let quiet = try #require(
      truth.lasting(\.isQuiet),
      "current flows at the end, struck at \(struck): \(truth.testDescription)")
    let open = try #require(truth.lasting { !$0.contactorClosed }, "the contactor is closed")
    #expect(last.unixTime > open + Self.watch / 2, "the truth ends too early")
    let result = Result(
      toZero: max(quiet - struck, 0) * 1000, toOpen: (open - struck) * 1000, status: status)
    #expect(result.toZero < timeToZero * 1000, "\(self)")
    #expect(result.toOpen < timeToOpen * 1000, "\(self)")
    try checkJournal(bench, truth, struck)
    return result
  }

  /// A latched bench refuses the next run by name, until a person has acknowledged it.
  private func checkLatch(_ bench: LoopBench) throws {
    #expect(bench.latch == latch, "\(self)")
    guard latch != nil, triesAgain else { return }
    let refused = try bench.run(
      try bench.protocolFile(["Rest for 5 s"], name: "next"), name: "next")
    #expect(refused.end() == 2)
    #expect(refused.error.hasPrefix("lockstep: bench demo is latched since "))
    #expect(refused.error.split(separator: "\n").count == 1)
    let words =
      [
        "acknowledge", bench.benchPath, "--by", "A Person", "--note", "cell cold", "--watch", "5",
      ] + bench.portWords()
    #expect(try bench.finished(words).end() == 0)
    #expect(bench.latch == nil)
  }

  /// The journal is whole and reaches to at most a second before the blow: it commits every 0.5 s.
  private func checkJournal(_ bench: LoopBench, _ truth: Truth, _ struck: Double) throws {
    let journal = try bench.journal()
    #expect(try journal.rows("PRAGMA integrity_check") == [["ok"]])
    let ended = try journal.rows("SELECT status FROM ended")
    #expect(ended == (journalStatus.map { [[$0]] } ?? []), "\(self)")
    // Many rigs at a time: how fast the disk is then says nothing of the journal.
    guard triesAgain else { return }
    // What was not yet committed may be lost.
    let start = truth.rows.first { $0.contactorClosed }
    guard struck - (start?.unixTime ?? struck) > 1 else { return }
    let last = try #require(try journal.numbers("SELECT max(test_time_second) FROM samples").first)
    // Pace time is the run's own from the rig's first tick on.
    let seen = truth.rows.last { $0.pace <= last }
    #expect((seen?.unixTime ?? 0) > struck - 1.0, "last sample at \(last) s")
  }
}
