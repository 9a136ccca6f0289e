extension SPMe {
  /// Mean stoichiometries of a state, 0 to 1.
  package func meanStoichiometries(_ x: [Double]) -> (negative: Double, positive: Double) {
    x.withUnsafeBufferPointer { x in
      guard x.count >= layout.count, let base = x.baseAddress else { return (.nan, .nan) }
      return (
        meanStoichiometry(base, mesh: negativeMesh),
        meanStoichiometry(base + layout.positiveParticle.lowerBound, mesh: positiveMesh)
      )
    }
  }
}
