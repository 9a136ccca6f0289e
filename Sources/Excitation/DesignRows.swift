import Identification

/// Instants that stand for a planned record's samples: dense after each jump, sparse later, each with the noise
/// that is left of the samples it stands for.
struct DesignRows {
  /// s, increasing.
  let times: [Double]
  /// Share of one sample's noise variance in each row.
  let weights: [Double]

  /// After a jump, in periods of the bench.
  private static let ladder = [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

  init(_ record: CurrentRecord, timing: ActuationTiming) {
    var times: [Double] = []
    var weights: [Double] = []
    var start = 0
    while start + 1 < record.times.count {
      let (begin, end) = (record.times[start], record.times[start + 1])
      // A hair before the jump: at the instant itself the current is the next one.
      let last = end - 1e-3
      var previous = begin
      for step in Self.ladder + [.infinity] {
        let at = min(begin + step * timing.period, last)
        if at <= (times.last ?? -1) { break }
        times.append(at)
        weights.append(min(1, timing.period / max(at - previous, 1e-9)))
        previous = at
        if at >= last { break }
      }
      start += 2
    }
    (self.times, self.weights) = (times, weights)
  }
}

extension CurrentRecord {
  /// Charge that has flowed in by each time, A s.
  func chargeThrough(_ at: [Double]) -> [Double] {
    var (sum, i) = (0.0, 0)
    var result: [Double] = []
    for time in at {
      while i + 1 < times.count, times[i + 1] <= time {
        sum += 0.5 * (currents[i] + currents[i + 1]) * (times[i + 1] - times[i])
        i += 1
      }
      let rest = i + 1 < times.count ? (time - times[i]) * current(at: time) : 0
      result.append(sum + rest)
    }
    return result
  }
}
