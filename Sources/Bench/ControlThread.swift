import Quantities
import Records

/// Assimilates and decides on a thread of its own, so that a slow twin never delays a scan.
final class ControlThread: @unchecked Sendable {
  // Unchecked: `input` is written before `asked` advances, `output` read after `done` did.
  private let campaign: Campaign
  private var input = Sample(scan: -1, time: .zero, unixTime: 0)
  private var output = ControlOutput()
  private var stopping = false
  private var posted = 0
  private let asked = Turn()
  private let done = Turn()
  private var thread: PlainThread?

  init(_ campaign: Campaign) {
    self.campaign = campaign
    thread = PlainThread("twin") { [self] in run() }
  }

  /// True when no sample is in hand.
  var isIdle: Bool { done.value >= posted }

  /// Hands a sample over. Only when idle.
  func post(_ sample: Sample) {
    input = sample
    posted += 1
    asked.advance(to: posted)
  }

  /// The output for the sample posted last, or nil when the deadline passes first.
  func wait(until deadline: Int64) -> ControlOutput? {
    done.wait(for: posted, until: deadline) ? output : nil
  }

  /// Ends the thread after the sample in hand, unless that takes longer than `deadline`.
  func stop(until deadline: Int64) {
    guard done.wait(for: posted, until: deadline) else { return }
    stopping = true
    posted += 1
    asked.advance(to: posted)
    thread?.join()
    thread = nil
  }

  private func run() {
    var next = 1
    while asked.wait(for: next) {
      if stopping { return }
      output = campaign.decide(on: input)
      done.advance(to: next)
      next += 1
    }
  }
}
