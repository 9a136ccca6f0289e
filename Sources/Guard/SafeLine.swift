import Glibc
package import Quantities

/// One port, carrying out exchanges one after another. Pure: is told what happened and when, and says
/// what it wants; holds no descriptor and reads no clock. Times are ns on any monotonic clock.
package struct SafeLine {
  package let descriptor: Int32
  let framing: SafePlan.Framing
  package private(set) var phase = Phase.over
  /// The request at hand, with its transaction id.
  package private(set) var request: [UInt8] = []
  /// Attempts that ended since `takeReports`.
  private var reports: [Report] = []
  /// Whether every task so far was answered. Of an order that nothing answers (in text) it says only
  /// that all its bytes were taken by the port: what the device made of it, the query after it tells.
  package private(set) var isComplete = true
  /// When each device's first byte was permitted and when it went.
  package private(set) var firstBytes: [FirstByte] = []
  /// Whether a byte of this line's first task went, or can no longer go before its next attempt.
  package private(set) var hasBegun = false

  private let tasks: [Task]
  private var index = 0
  private var attempt: UInt32 = 1
  private var received: [UInt8] = []
  private var transaction: UInt16
  private var permitted: Int64 = 0

  /// A babbling line must not be read for ever.
  private static let mostReceived = 4096
  private static let pause = Nanoseconds.milliseconds(20)
  private static let leastBound = Nanoseconds.milliseconds(300)

  /// A line that has its tasks before it.
  ///
  /// - Parameter transaction: the first transaction id; a line of `n` tasks uses at most 100 n.
  package init(
    descriptor: Int32, framing: SafePlan.Framing, tasks: [Task], transaction: UInt16, now: Int64
  ) {
    self.descriptor = descriptor
    self.framing = framing
    self.tasks = tasks
    self.transaction = transaction
    received.reserveCapacity(Self.mostReceived + 512)
    settle(now)
  }

  /// When it wants to be told the time if nothing else happens.
  package var deadline: Int64 {
    switch phase {
    case .settling(let since, let bound): min(since + gap, bound)
    case .sending(_, let deadline), .awaiting(let deadline), .pausing(let deadline): deadline
    case .over: .max
    }
  }

  /// Whether its line is quiet: the next byte may go.
  package func mayBegin(at now: Int64) -> Bool {
    if case .settling = phase { deadline <= now } else { false }
  }

  /// Whether it waits for quiet.
  var isSettling: Bool { if case .settling = phase { true } else { false } }

  /// The ends of attempts since it was last asked.
  package mutating func takeReports() -> [Report] {
    defer { reports.removeAll(keepingCapacity: true) }
    return reports
  }

  private var task: Task { tasks[index] }
  /// Devices of text say nothing to an order.
  private var isAnswered: Bool { framing != .text || !task.exchange.reply.isEmpty }
  private var gap: Int64 { Nanoseconds.milliseconds(Int64(task.exchange.gapMilliseconds)) }

  private mutating func settle(_ now: Int64) {
    guard index < tasks.count else {
      phase = .over
      return
    }
    phase = .settling(since: now, bound: now + max(10 * gap, Self.leastBound))
  }

  private mutating func end(_ outcome: Outcome, _ now: Int64) {
    reports.append(Report(task: task, attempt: attempt, outcome: outcome))
    hasBegun = true
    if case .answered = outcome {
      next()
    } else if attempt < task.exchange.attempts {
      attempt += 1
    } else {
      isComplete = false
      next()
    }
    if case .gone = outcome {
      phase = .pausing(until: now + Self.pause)
    } else {
      settle(now)
    }
  }

  private mutating func next() {
    index += 1
    attempt = 1
  }
}

extension SafeLine {
  /// Bytes of the dead controller have not left the kernel yet.
  package mutating func outputIsPending(at now: Int64) {
    if case .settling(_, let bound) = phase { phase = .settling(since: now, bound: bound) }
  }

  /// These bytes came in.
  package mutating func came(_ bytes: ArraySlice<UInt8>, at now: Int64) {
    guard !bytes.isEmpty else { return }
    switch phase {
    case .settling(_, let bound): phase = .settling(since: now, bound: bound)
    case .awaiting:
      received += bytes
      switch ReplyMatch.find(task.exchange, request: request, framing: framing, in: received) {
      case .found(let reply): end(.answered(reply), now)
      case .refused(let code): end(.refused(code), now)
      case .notYet: if received.count >= Self.mostReceived { end(.silent(received), now) }
      }
    case .sending, .pausing, .over: break
    }
  }

  /// The line is quiet: the request is to be written now, from its first byte on.
  package mutating func begin(at now: Int64) {
    permitted = deadline
    transaction &+= 1
    request = task.exchange.request
    if framing == .tcp {
      request[0] = UInt8(truncatingIfNeeded: transaction >> 8)
      request[1] = UInt8(truncatingIfNeeded: transaction)
    }
    received.removeAll(keepingCapacity: true)
    phase = .sending(
      sent: 0,
      deadline: now + Nanoseconds.milliseconds(Int64(task.exchange.replyTimeoutMilliseconds)))
  }

  /// The port took so many bytes.
  package mutating func wrote(_ count: Int, at now: Int64) {
    guard count > 0, case .sending(let sent, let deadline) = phase else { return }
    hasBegun = true
    if firstBytes.last?.device != task.device {
      firstBytes.append(FirstByte(device: task.device, permitted: permitted, sent: now))
    }
    if sent + count < request.count {
      phase = .sending(sent: sent + count, deadline: deadline)
    } else if isAnswered {
      phase = .awaiting(deadline: deadline)
    } else {
      end(.answered([]), now)
    }
  }

  /// The port failed with an errno.
  package mutating func failed(_ code: Int32, at now: Int64) {
    switch phase {
    case .settling, .sending, .awaiting: end(.gone(code), now)
    case .pausing, .over: break
    }
  }

  /// Time passes. True when bytes that nobody took must be dropped, or a later attempt would arrive
  /// behind stale ones.
  package mutating func pass(to now: Int64) -> Bool {
    guard now >= deadline else { return false }
    switch phase {
    case .sending:
      end(.gone(ETIMEDOUT), now)
      return true
    case .awaiting: end(.silent(received), now)
    case .pausing: settle(now)
    case .settling, .over: break
    }
    return false
  }
}
