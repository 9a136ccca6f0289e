import Estimation

/// The bias adds to the position's reading and is multiplied by a step: it can be marginalised.
struct ParticleCart: ParticleModel {
  private var cart = CartEnsemble()
  let marginalisesBias: Bool

  /// - Parameter marginalisesBias: else it is drawn with the rest.
  init(marginalisesBias: Bool) { self.marginalisesBias = marginalisesBias }

  var dimension: Int { cart.dimension }
  var outputCount: Int { cart.outputCount }
  var noiseCount: Int { cart.noiseCount }
  var additiveCount: Int { cart.additiveCount }
  var marginalised: Range<Int> { marginalisesBias ? 2..<3 : 3..<3 }
  var separate: Range<Int> { 3..<3 }
  var orderingOutput: Int { 0 }

  func isWeighed(_ output: Int) -> Bool { output == 0 }

  func marginalStep(
    _ retention: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>,
    duration: Double
  ) {
    guard marginalisesBias else { return }
    retention[0] = ConstantVelocity().biasRetention
    variance[0] = ConstantVelocity().biasVariance
  }

  func couplings(_ matrix: UnsafeMutablePointer<Double>, input: Double) {
    if marginalisesBias { matrix[0] = 1 }
  }

  mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int,
    input: Double, duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    try cart.advance(
      states, noise: noise, count: count, input: input, duration: duration, failed: failed)
  }

  func additiveNoise(_ factor: UnsafeMutablePointer<Double>, input: Double, duration: Double) {
    cart.additiveNoise(factor, input: input, duration: duration)
  }

  mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Double,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError) {
    try cart.observe(
      states, noise: noise, count: count, input: input, outputs: outputs, failed: failed)
  }
}
