/// When rows are due inside a run.
enum OutputTimes {
  /// Nearer than this to a run's ends, s, a due row is that end's row.
  static let closest = 1e-6

  /// Multiples of `period` counted from `origin`, s, strictly between `start` and `end`.
  static func between(
    _ start: Double, _ end: Double, every period: Double, from origin: Double
  ) -> [Double] {
    let gap = min(closest, period * 1e-3)
    var times: [Double] = []
    var count = ((start - origin) / period).rounded(.down)
    while true {
      let time = origin + count * period
      if time >= end - gap { return times }
      if time > start + gap { times.append(time) }
      count += 1
    }
  }
}
