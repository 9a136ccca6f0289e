/// All that a particle filter believes. Particles stand side by side, the first `active` places are taken.
struct ParticleStore {
  let dimension: Int
  var active = 0
  var means: [Double]
  /// Row-major, one after the other.
  var covariances: [Double]
  /// Sum to 1 over the active.
  var weights: [Double]
  /// What the sensor shows if a particle takes it to be stuck; NaN in one that takes it to work.
  var held: [Double]
  /// NaN before the first one.
  var lastReading = Double.nan
  /// Time since it, s.
  var sinceReading = 0.0

  init(count: Int, dimension n: Int) {
    dimension = n
    means = Array(repeating: 0, count: count * n)
    covariances = Array(repeating: 0, count: count * n * n)
    weights = Array(repeating: 0, count: count)
    held = Array(repeating: .nan, count: count)
  }

  func isStuck(_ particle: Int) -> Bool { !held[particle].isNaN }

  /// Becomes `other` without an allocation.
  mutating func take(_ other: ParticleStore) {
    let n = dimension
    active = other.active
    Self.copy(other.means, 0, &means, 0, active * n)
    Self.copy(other.covariances, 0, &covariances, 0, active * n * n)
    Self.copy(other.weights, 0, &weights, 0, active)
    Self.copy(other.held, 0, &held, 0, active)
    lastReading = other.lastReading
    sinceReading = other.sinceReading
  }

  mutating func copy(_ source: Int, to target: Int) {
    let n = dimension
    for i in 0..<n { means[target * n + i] = means[source * n + i] }
    for i in 0..<(n * n) { covariances[target * n * n + i] = covariances[source * n * n + i] }
    weights[target] = weights[source]
    held[target] = held[source]
  }

  /// Takes a particle out; the last takes its place.
  mutating func remove(_ particle: Int) {
    active -= 1
    if particle != active { copy(active, to: particle) }
  }

  mutating func swap(_ a: Int, _ b: Int) {
    guard a != b else { return }
    let n = dimension
    for i in 0..<n { means.swapAt(a * n + i, b * n + i) }
    for i in 0..<(n * n) { covariances.swapAt(a * n * n + i, b * n * n + i) }
    weights.swapAt(a, b)
    held.swapAt(a, b)
  }

  /// Puts two particles into the first of their places, with the weight, mean and covariance of both.
  mutating func merge(_ a: Int, _ b: Int) {
    let n = dimension
    let weight = weights[a] + weights[b]
    let share = weights[b] / weight
    for i in 0..<n {
      let difference = share * (1 - share) * (means[b * n + i] - means[a * n + i])
      for j in 0..<n {
        let place = i * n + j
        let (p, q) = (covariances[a * n * n + place], covariances[b * n * n + place])
        covariances[a * n * n + place] =
          p + share * (q - p) + difference * (means[b * n + j] - means[a * n + j])
      }
    }
    for i in 0..<n { means[a * n + i] += share * (means[b * n + i] - means[a * n + i]) }
    weights[a] = weight
    remove(b)
  }

  static func copy(
    _ source: UnsafePointer<Double>, _ first: Int, _ target: UnsafeMutablePointer<Double>,
    _ place: Int, _ count: Int
  ) {
    (target + place).update(from: source + first, count: count)
  }
}
