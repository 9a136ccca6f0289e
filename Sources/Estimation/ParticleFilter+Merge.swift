extension ParticleFilter {
  /// A ten-millionth of its hypothesis is not worth a particle.
  mutating func prune() {
    let stuck = stuckProbability
    for particle in (0..<store.active).reversed() {
      let all = store.isStuck(particle) ? stuck : 1 - stuck
      if store.weights[particle] <= 1e-7 * all { remove(particle) }
    }
    normalise()
  }

  /// Puts those of one hypothesis together that lie within an sd of each other, so that their sum has one
  /// mode, and that are no wider together than one may be.
  mutating func mergeAlike() {
    guard store.active > 1 else { return }
    var a = 0
    while a < store.active {
      var b = a + 1
      while b < store.active {
        if areAlike(a, b) {
          store.merge(a, b)
          // Its neighbours are others now.
          b = a + 1
        } else {
          b += 1
        }
      }
      a += 1
    }
  }

  private func areAlike(_ a: Int, _ b: Int) -> Bool {
    // Sensors that hold different numbers are different hypotheses.
    guard store.isStuck(a) == store.isStuck(b),
      !store.isStuck(a) || store.held[a] == store.held[b]
    else { return false }
    let distance = place(a) - place(b)
    let (first, second) = (variance(a), variance(b))
    let share = store.weights[a] / (store.weights[a] + store.weights[b])
    let square = distance * distance
    let together = share * first + (1 - share) * second + share * (1 - share) * square
    return square < min(first, second) && together <= settings.width * settings.width
  }

  private func place(_ particle: Int) -> Double {
    var sum = 0.0
    for i in 0..<dimension where axis.slopes[i] != 0 {
      sum += axis.slopes[i] * store.means[particle * dimension + i]
    }
    return sum
  }

  private func variance(_ particle: Int) -> Double {
    var sum = 0.0
    for i in 0..<dimension where axis.slopes[i] != 0 {
      for j in 0..<dimension where axis.slopes[j] != 0 {
        sum +=
          axis.slopes[i] * axis.slopes[j]
          * store.covariances[(particle * dimension + i) * dimension + j]
      }
    }
    return sum
  }
}
