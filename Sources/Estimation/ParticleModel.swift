/// What a `ParticleFilter` wants of a model beside its ensemble.
package protocol ParticleModel: EnsembleModel {
  /// Entries that a step multiplies and the outputs add: given the rest of a particle they are normal, so
  /// that each particle carries their conditional mean and covariance instead of a draw.
  var marginalised: Range<Int> { get }
  /// The output along which explanations lie apart.
  var orderingOutput: Int { get }
  /// Entries that stand for themselves: one whose correlation with an output is no more than chance makes of
  /// so many particles is left alone by its readings. (In the others single entries must not be.)
  var separate: Range<Int> { get }
  /// Whether an output's readings weigh particles where the belief is wide, and its sensor may be stuck;
  /// readings of the others always move particles.
  func isWeighed(_ output: Int) -> Bool
  /// What a step of `duration`, s, multiplies each marginalised entry by, and the variance that it adds.
  func marginalStep(
    _ retention: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>,
    duration: Double)
  /// Derivatives of the outputs by the marginalised entries, row-major, the same for all particles; comes as
  /// the last call left it, zero at first.
  func couplings(_ matrix: UnsafeMutablePointer<Double>, input: Input)
}
