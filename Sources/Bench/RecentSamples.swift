import Quantities

/// The samples of the last minute, at full rate (S9). Fixed capacity; appending allocates nothing.
struct RecentSamples {
  /// How much is kept, s.
  static let span = 60.0

  private var ring: [Sample]
  private var next = 0
  private var count = 0

  init(scan: Seconds) {
    let capacity = Int((Self.span / scan.value).rounded(.up)) + 1
    ring = Array(repeating: Sample(scan: -1, time: .zero, unixTime: 0), count: capacity)
  }

  mutating func append(_ sample: Sample) {
    ring[next] = sample
    next = (next + 1) % ring.count
    count = min(count + 1, ring.count)
  }

  /// Oldest first.
  func forEach(_ body: (Sample) -> Void) {
    for back in stride(from: count, to: 0, by: -1) {
      body(ring[(next + ring.count - back) % ring.count])
    }
  }
}
