/// Mean and slope of a quantity over the last `span` seconds, by least squares over at most 64 values.
///
/// Values that come closer than `span`/60 to the one before are left out. With noise of sd s the
/// slope's sd is s/span (12/n)^(1/2): 0.1 K over a minute of 60 values gives 0.045 K/min.
struct SlopeWindow: Sendable {
  /// A slope, per second.
  struct Slope: Sendable {
    var value: Double
    /// Its standard deviation, for values whose own is 1: 1 over the root of the times' sum of squares.
    var spread: Double
  }

  private static let capacity = 64
  private var times: InlineArray<64, Double> = .init(repeating: 0)
  private var values: InlineArray<64, Double> = .init(repeating: 0)
  private var next = 0
  private var count = 0
  private let span: Double

  init(span: Double) { self.span = span }

  mutating func reset() { count = 0 }

  mutating func add(_ value: Double, at time: Double) {
    if count > 0, time - newest < span / 60 { return }
    times[next] = time
    values[next] = value
    next = (next + 1) % Self.capacity
    count = min(count + 1, Self.capacity)
    while newest - times[oldest] > span, !isNeeded { count -= 1 }
  }

  /// Whether the oldest, a little outside the span, must stay: without it the rest would cover too little.
  private var isNeeded: Bool {
    let second = times[(oldest + 1) % Self.capacity]
    return newest - second < Self.cover * span && newest - times[oldest] <= 1.25 * span
  }

  /// Part of the span that a slope must rest on.
  private static let cover = 0.8

  /// Mean of what the window holds; zero while it is empty.
  var mean: Double {
    var sum = 0.0
    for step in 0..<count { sum += values[(oldest + step) % Self.capacity] }
    return sum / Double(max(count, 1))
  }

  private var newest: Double { times[(next + Self.capacity - 1) % Self.capacity] }
  private var oldest: Int { (next + Self.capacity - count) % Self.capacity }

  /// Slope; nil until three values cover most of the span, and once the newest is older than a fifth of it.
  func slope(at now: Double) -> Slope? {
    guard count >= 3, newest - times[oldest] >= Self.cover * span, now - newest <= 0.2 * span else {
      return nil
    }
    var sumTime = 0.0
    for step in 0..<count { sumTime += times[(oldest + step) % Self.capacity] - newest }
    let meanTime = sumTime / Double(count)
    let mean = mean
    var square = 0.0
    var product = 0.0
    for step in 0..<count {
      let index = (oldest + step) % Self.capacity
      let distance = times[index] - newest - meanTime
      square += distance * distance
      product += distance * (values[index] - mean)
    }
    return Slope(value: product / square, spread: 1 / square.squareRoot())
  }
}
