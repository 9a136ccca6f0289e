import Kernels

/// All that a particle filter believes.
struct ParticleStore {
  /// One particle a row; entries that are marginalised hold their conditional mean. Behind the particles
  /// stand those that the noise inputs are read off.
  var rows: [Double]
  /// Lower triangle of each particle's conditional covariance of the marginalised entries.
  var covariances: [Double]
  /// What the sensor shows if it is stuck, a particle each.
  var held: [Double]
  /// Of each particle within its hypothesis; they sum to 1 there.
  var weights: [Double]
  /// Probability of a working and of a stuck sensor.
  var probabilities = SensorState.Probabilities()
  /// Reading that a sensor that froze since would show; NaN before the first one.
  var lastReading = Double.nan
  /// Time that noise has still to be added for, s.
  var pendingTime = 0.0
  var mean: [Double]
  var random: RandomStream

  init(count: Int, members: Int, dimension: Int, packed: Int, seed: UInt64) {
    rows = Array(repeating: 0, count: members * dimension)
    covariances = Array(repeating: 0, count: count * packed)
    held = Array(repeating: 0, count: count)
    weights = Array(repeating: 0, count: count)
    mean = Array(repeating: 0, count: dimension)
    random = RandomStream(seed: seed)
  }

  /// Becomes `other` without an allocation.
  mutating func take(_ other: ParticleStore) {
    Self.copy(other.rows, &rows)
    Self.copy(other.covariances, &covariances)
    Self.copy(other.held, &held)
    Self.copy(other.weights, &weights)
    Self.copy(other.mean, &mean)
    probabilities = other.probabilities
    lastReading = other.lastReading
    pendingTime = other.pendingTime
    random = other.random
  }

  private static func copy(_ source: [Double], _ target: inout [Double]) {
    target.withUnsafeMutableBufferPointer { target in
      source.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
    }
  }
}
