/// One curve's values at its own times.
struct TimeSeries {
  /// s, not falling.
  let times: [Double]
  let values: [Double]

  /// Rows that can be drawn: both numbers. The later of two rows of one time comes a hair after the other, so
  /// that a jump is drawn upright and in its direction.
  var rows: [(time: Double, value: Double)?] {
    var last = -Double.infinity
    return zip(times, values).map { time, value in
      guard time.isFinite, value.isFinite else { return nil }
      last = time > last ? time : last.nextUp
      return (last, value)
    }
  }
}

extension Trace {
  /// Curves from arrays, each with its own times. A bucket between two rows of a curve gets the straight line
  /// between them, so that only what is no number makes a gap. Nil when there is nothing to draw.
  init?(_ series: [TimeSeries], buckets: Int = 560) {
    let times = series.flatMap { $0.rows.compactMap { $0?.time } }
    guard let start = times.min(), let end = times.max() else { return nil }
    let span = max(end - start, .leastNormalMagnitude)
    func bucket(_ time: Double) -> Int {
      min(buckets - 1, Int((time - start) / span * Double(buckets)))
    }
    var curves = Array(
      repeating: Array(repeating: Extremes(), count: buckets), count: series.count)
    var readouts = Array(
      repeating: [Double?](repeating: nil, count: series.count), count: buckets)
    for (column, one) in series.enumerated() {
      func note(_ value: Double, at time: Double, in place: Int) {
        curves[column][place].add(value, at: time)
        readouts[place][column] = value
      }
      var last: (time: Double, value: Double)?
      for row in one.rows {
        defer { last = row }
        guard let row else { continue }
        if let last {
          let next = bucket(last.time) + 1
          for place in next..<max(next, bucket(row.time)) {
            let middle = start + (Double(place) + 0.5) / Double(buckets) * span
            let share = (middle - last.time) / (row.time - last.time)
            note(last.value + share * (row.value - last.value), at: middle, in: place)
          }
        }
        note(row.value, at: row.time, in: bucket(row.time))
      }
    }
    self.init(
      range: start...end, curves: curves, readouts: readouts,
      times: (0..<buckets).map { start + (Double($0) + 0.5) / Double(buckets) * span })
  }
}
