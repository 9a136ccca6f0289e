import Kernels

extension SPMe {
  /// Heat sources of the whole cell, W.
  ///
  /// Ohmic: the integral of i_s^2/sigma + i_e . (-grad phi_e) over the cell, which for SPMe's
  /// linear currents is I times the ohmic and concentration losses, exactly; plus I^2 R of the
  /// contact. Irreversible: I (eta_p - eta_n). Reversible: I T (dU_p/dT - dU_n/dT).
  @inline(__always)
  func heat<S: Scalar>(
    _ eta: Overpotentials<S>, coefficients c: SPMeCoefficients<S>, temperature: S, current: S
  ) -> (ohmic: S, irreversible: S, reversible: S) {
    let resistance = eta.ionicResistance + eta.solidResistance + c.contactResistance
    let ohmic = current * (current * resistance + eta.concentration)
    let irreversible = current * (eta.positiveReaction - eta.negativeReaction)
    let (dn, dp) = (functions.negative.entropicChange, functions.positive.entropicChange)
    if dn.constant == 0, dp.constant == 0 { return (ohmic, irreversible, S(0)) }
    let slope = dp(eta.positiveSurface) - dn(eta.negativeSurface)
    return (ohmic, irreversible, current * temperature * slope)
  }
}
