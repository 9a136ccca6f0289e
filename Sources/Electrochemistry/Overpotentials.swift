import Kernels

/// The parts of the terminal voltage that are not open-circuit potential; signed so that they
/// add to the voltage with `current` positive on charge.
struct Overpotentials<S: Scalar> {
  var negativeSurface: S
  var positiveSurface: S
  /// Of the negative electrode, V: negative on charge.
  var negativeReaction: S
  /// Of the positive electrode, V: positive on charge.
  var positiveReaction: S
  /// Mean ln(c/c0) over the electrodes.
  var negativeLogarithm: S
  var positiveLogarithm: S
  /// 2 (1 - t+) R T / F, V.
  var concentrationFactor: S
  /// Ohm: L/(3 kappa tau A) of the negative electrode.
  var negativeIonicResistance: S
  /// Ohm: electrodes and separator, electrolyte only.
  var ionicResistance: S
  /// Ohm: both electrodes' solid.
  var solidResistance: S

  /// V.
  @inline(__always)
  var concentration: S { concentrationFactor * (positiveLogarithm - negativeLogarithm) }
}
