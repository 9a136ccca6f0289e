import Kernels

extension ParticleFilter {
  /// Replaces the belief by a normal one, the sensor taken to work.
  package mutating func reset(mean: [Double], covariance: [Double]) {
    guard mean.count == dimension, covariance.count == dimension * dimension else { return }
    split(mean: mean, covariance: covariance)
  }

  /// A normal as a sum of narrower ones at equal distances along the axis, 1.2 of their sd. With s = a x of
  /// variance S and g = P a, one at s has mean m + g s / S and covariance P - g g^T v / S^2, where v is the
  /// variance of the places: mean and covariance of the sum are the given ones exactly.
  mutating func split(mean: [Double], covariance: [Double]) {
    let n = dimension
    var direction = Array(repeating: 0.0, count: n)
    for i in 0..<n {
      for j in 0..<n { direction[i] += covariance[i * n + j] * axis.slopes[j] }
    }
    var variance = 0.0
    for i in 0..<n { variance += axis.slopes[i] * direction[i] }
    let places = places(variance)
    var spread = 0.0
    for place in places { spread += place.weight * place.distance * place.distance }
    store.active = places.count
    for (particle, place) in places.enumerated() {
      store.weights[particle] = place.weight
      store.held[particle] = .nan
      let step = variance > 0 ? place.distance / variance : 0
      let less = variance > 0 ? spread / (variance * variance) : 0
      for i in 0..<n {
        store.means[particle * n + i] = mean[i] + direction[i] * step
        for j in 0..<n {
          store.covariances[(particle * n + i) * n + j] =
            covariance[i * n + j] - less * (direction[i] * direction[j])
        }
      }
    }
  }

  /// Distances from the mean, as far as 3.5 sd, with weights that sum to 1.
  private func places(_ variance: Double) -> [(distance: Double, weight: Double)] {
    var own = settings.width
    guard variance > own * own else { return [(0, 1)] }
    let reach = 3.5 * variance.squareRoot()
    let most = (2 * settings.count / 3 - 1) / 2
    let half = min(most, Int((reach / (1.2 * own)).rounded(.up)))
    own = max(own, reach / (1.2 * Double(half)))
    let between = variance - own * own
    guard between > 0 else { return [(0, 1)] }
    var places: [(distance: Double, weight: Double)] = []
    var sum = 0.0
    for index in -half...half {
      let distance = 1.2 * own * Double(index)
      let weight = Double.exponential(-0.5 * distance * distance / between)
      places.append((distance, weight))
      sum += weight
    }
    return places.map { ($0.distance, $0.weight / sum) }
  }
}
