import Foundation
import Glibc
import Testing

/// A fault on the demo's bench, and how a run on it must end.
struct FaultCase: Sendable, CustomTestStringConvertible {
  /// How a run must end.
  enum Ending: Sendable {
    /// Tripped or failed, with one line that names one of these.
    case named([String])
    /// To its end: the fault does no harm by design.
    case unharmed
    /// Safe, but nothing can show it: the guard holds its locks and asks on until somebody stops it.
    case heldUntilSignal([String])
  }

  var name: String
  /// The fault file without its schema.
  var faults: String
  var ending: Ending
  /// The contactor can open.
  var opens = true
  /// The contactor never closes: found at the start.
  var staysOpen = false
  /// How often it was begun anew because the machine gave a process no time.
  var repeats = 0

  var testDescription: String { name }

  /// Half a minute into the charge, and into the discharge.
  static let charging = 30
  static let discharging = 85

  /// A fault of one kind at one place; `key` is device, port or reading.
  init(
    _ kind: String, _ key: String? = nil, _ place: String = "", _ more: String = "",
    from second: Int = charging, ending: Ending, opens: Bool = true, staysOpen: Bool = false
  ) {
    let begin = second > 0 ? "from = \"\(second) s\"\n" : ""
    let at = key.map { "\($0) = \"\(place)\"\n" } ?? ""
    name = [kind, place, more.replacing("\"", with: "")].filter { !$0.isEmpty }
      .joined(separator: " ")
    faults = "[[fault]]\nkind = \"\(kind)\"\n\(at)\(begin)\(more)\n"
    self.ending = ending
    (self.opens, self.staysOpen) = (opens, staysOpen)
  }

  static let steps = [
    "Rest for 10 s", "Charge at C/3 for 50 s", "Rest for 10 s", "Discharge at C/3 for 50 s",
    "Rest for 10 s",
  ]

  /// A bench with the fault. Its plant is an SPMe, which is quick, and its profiles are the shipped
  /// ones with a shorter reply timeout: a rig answers at once or never.
  func bench() throws -> LoopBench {
    let bench = try LoopBench(
      faults: faults,
      plant: {
        $0.replacing("\"dfn\"", with: "\"spme\"").replacing("\"standard\"", with: "\"coarse\"")
          .replacing("\"200 ms\"", with: "\"1 s\"")
      },
      bench: { text in
        Self.slowToGiveUp.reduce(text) {
          $0.replacing("profile = \"\($1.key)\"", with: "profile = \"./\($1.key).toml\"")
        }
      })
    for (name, timeout) in Self.slowToGiveUp {
      let text = try LoopBench.shipped("instruments/\(name).toml")
      let line = "reply_timeout = \"\(timeout)\""
      try #require(text.contains(line), "\(name)")
      _ = try bench.write(
        text.replacing(line, with: "reply_timeout = \"250 ms\""), to: "\(name).toml")
    }
    return bench
  }

  private static let slowToGiveUp = [
    "riden-rd6006": "500 ms", "maynuo-m97": "1 s", "comwintop-mb8art": "500 ms",
  ]
}

/// A run with a fault, under way.
struct FaultRun {
  let fault: FaultCase
  let bench: LoopBench
  let run: Program

  init(_ fault: FaultCase) throws {
    self.fault = fault
    bench = try fault.bench()
    run = try bench.run(try bench.protocolFile(FaultCase.steps))
  }

  /// Whether it has ended and the rig's truth shows it safe, or waits to be told.
  var isOver: Bool {
    if case .heldUntilSignal = fault.ending, run.error.contains(Program.held) { return true }
    return run.hasEnded && isSafe
  }

  /// The same case anew, three times at most, where a process had no time beside all the others: that ends a
  /// run safely, and says nothing of the fault.
  func repeated() -> FaultCase? {
    let starved = ["held up for", "the controller hung"]
    guard fault.repeats < 3, run.hasEnded, starved.contains(where: { run.error.contains($0) })
    else { return nil }
    bench.rig.send(SIGTERM)
    var again = fault
    again.repeats += 1
    return again
  }

  private var isSafe: Bool {
    guard let last = bench.latestTruth.rows.last else { return false }
    return last.isQuiet && (!last.contactorClosed || !fault.opens)
  }

  /// Waits for the end, and judges it by the rig's truth and what was said.
  func judge() throws {
    if case .heldUntilSignal = fault.ending { run.leaveAsItIs() }
    let status = try #require(run.end(), "\(fault.name): the run hangs")
    let said = "\(fault.name): status \(status), \(run.ownErrors)"
    switch fault.ending {
    case .unharmed: #expect(status == 0, "\(said)")
    case .named(let names), .heldUntilSignal(let names):
      #expect(status == 1 || status == 3, "\(said)")
      let lines = run.ownErrors
      #expect(lines.count == 1, "\(said)")
      #expect(names.contains { lines.first?.contains($0) ?? false }, "\(said): not \(names)")
    }
    // What a guard or a dead-man still does takes wall time.
    let becomesSafe = Patience.until(15_000) { isSafe }
    #expect(becomesSafe, "\(said): not safe: \(bench.latestTruth.testDescription)")
    let truth = try bench.endedTruth()
    #expect(bench.rig.error.contains(" begins\n"), "\(said): the fault never began")
    #expect(truth.lasting(\.isQuiet) != nil, "\(said)")
    if fault.opens { #expect(truth.lasting { !$0.contactorClosed } != nil, "\(said)") }
    if fault.staysOpen {
      #expect(truth.rows.allSatisfy { !$0.contactorClosed && $0.isQuiet }, "\(said)")
    }
  }
}
