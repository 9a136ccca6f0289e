package import Quantities

extension SafeLine {
  /// One request of one device.
  package struct Task {
    package var device: String
    package var exchange: SafePlan.Exchange

    package init(device: String, exchange: SafePlan.Exchange) {
      self.device = device
      self.exchange = exchange
    }
  }

  /// Where it stands with the task at hand.
  package enum Phase: Equatable {
    /// Lets what is under way end: quiet since then, and not waited for beyond `bound`.
    case settling(since: Int64, bound: Int64)
    case sending(sent: Int, deadline: Int64)
    case awaiting(deadline: Int64)
    /// The port failed: without a pause it would be tried a thousand times a second.
    case pausing(until: Int64)
    case over
  }

  /// What came of one attempt.
  package enum Outcome: Equatable {
    /// The reply; empty where none is due and the request is out.
    case answered([UInt8])
    case refused(UInt8)
    /// Nothing that answers the request; what came instead.
    case silent([UInt8])
    /// The port itself is gone or does not take bytes; an errno.
    case gone(Int32)
  }

  /// The end of one attempt.
  package struct Report {
    package var task: Task
    package var attempt: UInt32
    package var outcome: Outcome
  }
}
