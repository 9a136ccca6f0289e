/// The last instants of the bench, for sensors that answer late. Fixed capacity; the oldest go first.
struct SignalHistory {
  private var ring: [Signals]
  private var next = 0
  private var count = 0

  /// A history that begins at rest.
  init(capacity: Int, first: Signals) {
    ring = [Signals](repeating: first, count: max(capacity, 2))
    record(first)
  }

  /// The newest instant.
  var latest: Signals { ring[(next + ring.count - 1) % ring.count] }

  /// Adds an instant; one of the same time as the newest replaces it.
  mutating func record(_ signals: Signals) {
    if count > 0, latest.time == signals.time {
      ring[(next + ring.count - 1) % ring.count] = signals
      return
    }
    ring[next] = signals
    next = (next + 1) % ring.count
    count = min(count + 1, ring.count)
  }

  /// The newest instant not after `time` (microseconds), or the oldest kept.
  func signals(at time: Int64) -> Signals {
    var back = 1
    while back < count {
      let candidate = ring[(next + ring.count - back) % ring.count]
      if candidate.time <= time { return candidate }
      back += 1
    }
    return ring[(next + ring.count - count) % ring.count]
  }

  /// The mean of a quantity over the `window` microseconds before `time`; each instant's value holds
  /// until the next.
  func mean(of quantity: (Signals) -> Double, over window: Int64, until time: Int64) -> Double {
    var (sum, end, back) = (0.0, time, 1)
    while back <= count {
      let signals = ring[(next + ring.count - back) % ring.count]
      let begin = back == count ? time - window : max(signals.time, time - window)
      if begin < end {
        sum += quantity(signals) * Double(end - begin)
        end = begin
      }
      if signals.time <= time - window { break }
      back += 1
    }
    return sum / Double(window)
  }
}
