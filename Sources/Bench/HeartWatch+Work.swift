import CRealtime

extension HeartWatch {
  /// What became of work under a beating heart.
  package enum Worked<Value> {
    /// It is done, or has failed.
    case done(Result<Value, any Error>)
    /// It was broken off, and why.
    case brokenOff(Outcome)
  }

  /// Carries `work` out on a thread of its own and beats meanwhile, at least every 40 ms.
  ///
  /// - Parameters:
  ///   - interruption: why the work is to end; nil: it is not.
  ///   - cancel: tells the work to end. One that has not after 2 s is left to the end of the process.
  package func beats<Value>(
    during work: @escaping () throws -> Value, interruption: () -> Outcome?, cancel: () -> Void
  ) -> Worked<Value> {
    let job = Job(work)
    let thread = PlainThread("replay") { job.run() }
    var outcome: Outcome?
    var deadline = Int64.max
    while true {
      beat()
      let now = lockstep_monotonic_nanoseconds()
      if job.done.wait(for: 1, until: min(deadline, now + 40_000_000)) { break }
      guard now < deadline else { return .brokenOff(outcome ?? Self.unknown) }
      guard outcome == nil, let why = interruption() else { continue }
      outcome = why
      deadline = now + 2_000_000_000
      cancel()
    }
    thread.join()
    // Work that got done in spite of it counts: whoever goes on will see the interruption, too.
    if let outcome, case .failure? = job.result { return .brokenOff(outcome) }
    return job.result.map { .done($0) } ?? .brokenOff(outcome ?? Self.unknown)
  }

  private static let unknown = Outcome(status: 3, message: "broken off")

  private final class Job<Value>: @unchecked Sendable {
    // Unchecked: `result` is written before `done` advances, read after it did.
    let work: () throws -> Value
    var result: Result<Value, any Error>?
    let done = Turn()

    init(_ work: @escaping () throws -> Value) { self.work = work }

    func run() {
      result = Result { try work() }
      done.advance(to: 1)
    }
  }
}
