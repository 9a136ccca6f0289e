import Kernels

extension SPMe {
  /// All overpotentials of a state under a current, A.
  ///
  /// Composite SPMe: eta = <2RT/F asinh(I / (2 j0(c(x)) a L A))> with < > the mean over the
  /// electrode (or the inverse of Butler-Volmer for other transfer coefficients than 1/2); concentration 2(1 - t+) RT/F (<ln c>_p - <ln c>_n); ohmic loss of the electrolyte
  /// I (L_n/3k_n + L_s/k_s + L_p/3k_p) / A with k at one concentration for all; of the solid
  /// I (L_n/3s_n + L_p/3s_p) / A. Marquis 2019, eqs 48-50, composite as in its section 5.
  @inline(__always)
  func overpotentials<S: Scalar>(
    _ x: UnsafePointer<S>, coefficients c: SPMeCoefficients<S>, temperature: S, current: S
  ) -> Overpotentials<S> {
    let salt = x + layout.electrolyte.lowerBound
    let mesh = electrolyteMesh
    let negativeSurface = surfaceStoichiometry(
      x, mesh: negativeMesh, coefficients: c.negative, functions: functions.negative,
      temperature: temperature, current: current)
    let positiveSurface = surfaceStoichiometry(
      x + layout.positiveParticle.lowerBound, mesh: positiveMesh, coefficients: c.positive,
      functions: functions.positive, temperature: temperature, current: current)

    if model == .spm {
      return withoutElectrolyte(
        (negativeSurface, positiveSurface), coefficients: c, temperature: temperature,
        current: current)
    }
    let negative = kinetics(
      salt, mesh.negativeQuadrature, functions.negative, coefficients: c.negative,
      surface: negativeSurface,
      temperature: temperature, current: current)
    let positive = kinetics(
      salt + (mesh.negative + mesh.separator), mesh.positiveQuadrature, functions.positive,
      coefficients: c.positive, surface: positiveSurface,
      temperature: temperature, current: current)
    let resistivity = S.reciprocal(
      functions.electrolyteConductivity(c.ohmicConcentration) * c.conductivityFactor
        * SPMeCoefficients<S>.arrhenius(
          c.conductivityActivation, temperature, reference: functions.referenceTemperature))
    let negativeIonic = c.negative.ionicResistance * resistivity
    return Overpotentials(
      negativeSurface: negativeSurface, positiveSurface: positiveSurface,
      negativeReaction: -negative.overpotential, positiveReaction: positive.overpotential,
      negativeLogarithm: negative.logarithm, positiveLogarithm: positive.logarithm,
      concentrationFactor: c.concentrationFactor * temperature,
      negativeIonicResistance: negativeIonic,
      ionicResistance: negativeIonic
        + (c.separatorResistance + c.positive.ionicResistance) * resistivity,
      solidResistance: c.negative.solidResistance + c.positive.solidResistance)
  }

  /// SPM: kinetics at the rest concentration, and nothing else.
  @inline(__always)
  private func withoutElectrolyte<S: Scalar>(
    _ surfaces: (negative: S, positive: S), coefficients c: SPMeCoefficients<S>, temperature: S,
    current: S
  ) -> Overpotentials<S> {
    func overpotential(
      _ c: SPMeCoefficients<S>.Electrode, _ electrode: ModelFunctions.Electrode, _ surface: S
    ) -> S {
      let half =
        current
        / exchangeCurrent(c, electrode, surface: surface, temperature: temperature)
      let reduced =
        electrode.isSymmetric
        ? S.inverseHyperbolicSine(half) * 2 : asymmetric(half * 2, electrode)
      return reduced * (temperature * (PhysicalConstants.gas / PhysicalConstants.faraday))
    }
    return Overpotentials(
      negativeSurface: surfaces.negative, positiveSurface: surfaces.positive,
      negativeReaction: -overpotential(
        c.negative, functions.negative, surfaces.negative),
      positiveReaction: overpotential(
        c.positive, functions.positive, surfaces.positive),
      negativeLogarithm: S(0), positiveLogarithm: S(0), concentrationFactor: S(0),
      negativeIonicResistance: S(0), ionicResistance: S(0), solidResistance: S(0))
  }

  /// Twice the exchange current of an electrode at rest concentration of the salt, A; in the SPM
  /// powers of the surface are smooth at empty and full as in `ExchangeCurrent`.
  @inline(__always)
  private func exchangeCurrent<S: Scalar>(
    _ c: SPMeCoefficients<S>.Electrode, _ electrode: ModelFunctions.Electrode, surface: S,
    temperature: S
  ) -> S {
    let rate =
      c.exchangeCurrent
      * SPMeCoefficients<S>.arrhenius(
        c.reactionActivation, temperature, reference: functions.referenceTemperature)
    let vacant = 1 - surface
    // PyBaMM softens the SPM's surfaces and not the SPMe's (seen at x = 0.997), so the
    // trajectories of the two differ in it too.
    let softening = model == .spm ? ExchangeCurrent.softening : 0
    let (soft, softVacant) = (surface * surface + softening, vacant * vacant + softening)
    if electrode.isSymmetric {
      // x (x^2 + s)^(-1/4) for both, in two square roots and a division.
      return rate * surface * vacant / S.squareRoot(S.squareRoot(soft * softVacant))
    }
    let (a, c) = (electrode.anodicTransferCoefficient, electrode.cathodicTransferCoefficient)
    return rate * surface * S.power(soft, 0.5 * (c - 1)) * vacant
      * S.power(softVacant, 0.5 * (a - 1))
  }

  /// Overpotential in units of RT/F, at `r` times the exchange current; positive r delithiates the
  /// positive electrode and lithiates the negative, whose anodic direction is the other one: both
  /// callers turn the sign of the negative's overpotential, so its coefficients change places.
  @inline(__always)
  private func asymmetric<S: Scalar>(_ r: S, _ electrode: ModelFunctions.Electrode) -> S {
    let (a, c) = (electrode.anodicTransferCoefficient, electrode.cathodicTransferCoefficient)
    return electrode.isNegative
      ? S.overpotential(r, anodic: c, cathodic: a) : S.overpotential(r, anodic: a, cathodic: c)
  }

  /// Butler-Volmer solved for the overpotential, averaged over an electrode; with it the mean of
  /// ln(c/c0).
  ///
  /// - Parameter salt: the electrode's first cell.
  @inline(__always)
  private func kinetics<S: Scalar>(
    _ salt: UnsafePointer<S>, _ quadrature: ElectrodeQuadrature,
    _ electrode: ModelFunctions.Electrode, coefficients c: SPMeCoefficients<S>.Electrode,
    surface: S, temperature: S, current: S
  ) -> (overpotential: S, logarithm: S) {
    let inverse = 1 / functions.initialConcentration
    let ratio =
      current / exchangeCurrent(c, electrode, surface: surface, temperature: temperature)
    let means = withUnsafeTemporaryAllocation(of: S.self, capacity: ElectrodeQuadrature.count) {
      relative in
      guard let points = relative.baseAddress else { return (S(0), S(0)) }
      quadrature.first.withUnsafeBufferPointer { first in
        quadrature.stencil.withUnsafeBufferPointer { stencil in
          for k in 0..<ElectrodeQuadrature.count {
            let (i, w) = (first[k], stencil[k] * inverse)
            (points + k).initialize(
              to: salt[i] * w[0] + salt[i + 1] * w[1] + salt[i + 2] * w[2])
          }
        }
      }
      if !electrode.isSymmetric {
        return asymmetricMeans(ratio * 2, UnsafePointer(points), electrode)
      }
      let means = S.kineticMeans(ratio, over: points, weights: ElectrodeQuadrature.weights)
      return (means.inverseHyperbolicSine, means.logarithm)
    }
    let thermalVoltage = temperature * (2 * PhysicalConstants.gas / PhysicalConstants.faraday)
    return (means.0 * thermalVoltage, means.1)
  }

  /// As `Scalar.kineticMeans` for any transfer coefficients, in the same unit, 2RT/F.
  private func asymmetricMeans<S: Scalar>(
    _ ratio: S, _ relative: UnsafePointer<S>, _ electrode: ModelFunctions.Electrode
  ) -> (S, S) {
    var (eta, logarithm) = (S(0), S(0))
    for k in 0..<ElectrodeQuadrature.count {
      let weight = ElectrodeQuadrature.weights[k]
      let r = ratio * S.power(relative[k], -electrode.anodicTransferCoefficient)
      eta += asymmetric(r, electrode) * (0.5 * weight)
      logarithm += S.logarithm(relative[k]) * weight
    }
    return (eta, logarithm)
  }
}
