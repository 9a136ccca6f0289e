import Kernels

/// What an error of one part in one of the tolerance means: a step's estimated error may reach
/// `relativeTolerance` times these.
///
/// Errors are weighed where they show: the surfaces as voltage through the slope of their
/// potentials, the salt as voltage of a concentration cell. The stoichiometry's own scale holds
/// where potentials are flat.
enum ErrorScales {
  /// V.
  static let voltage = 20.0
  /// While the current is prescribed as a ramp, times the others. Drive cycles have a kink at every
  /// knot; there the estimate is 25 to 50 times the error (0.02 mV rms with one step a second,
  /// Chen2020 at up to 1.5C), and the next steps forget it.
  static let ramp = 25.0
  /// Surface stoichiometry.
  static let stoichiometry = 50.0
  /// K.
  static let temperature = 2000.0
}

extension SingleParticleStep where S: ChainedScalar {
  /// The estimated error of one cell of the last attempt.
  @inline(__always)
  func error(_ k: Int) -> Double {
    let e = RosenbrockTableau.e
    return (u1[k].value * e[0] + u2[k].value * e[1]) + (u3[k].value * e[2] + u4[k].value * e[3])
  }

  /// The last attempt's estimated error in voltage and its companions, over `ErrorScales`.
  @inline(__always)
  func voltageError(_ eta: Overpotentials<S>, terminals y: TerminalValues<S>) -> Double {
    let layout = model.layout
    let thermalVoltage =
      y.temperature.value * (PhysicalConstants.gas / PhysicalConstants.faraday)
    let dn = surfaceError(layout.negativeParticle, model.negativeMesh)
    let dp = surfaceError(layout.positiveParticle, model.positiveMesh)
    var voltage =
      dn
      * voltsPerSurface(
        eta.negativeSurface.value, model.body.functions.negative, eta.negativeReaction.value,
        thermalVoltage)
      + dp
      * voltsPerSurface(
        eta.positiveSurface.value, model.body.functions.positive, eta.positiveReaction.value,
        thermalVoltage)
    if model.model == .spme {
      let (first, last) = (layout.electrolyte.lowerBound, layout.electrolyte.upperBound - 1)
      voltage +=
        2 * thermalVoltage
        * ((error(first) / trial[first].value).magnitude
          + (error(last) / trial[last].value).magnitude)
    }
    var worst = max(voltage / ErrorScales.voltage, max(dn, dp) / ErrorScales.stoichiometry)
    if model.thermal == .lumped {
      worst = max(worst, error(cells).magnitude / ErrorScales.temperature)
    }
    // max() drops NaN in its second place; a step that made one must not pass.
    return (voltage + dn + dp).isNaN ? .infinity : worst
  }

  @inline(__always)
  private func surfaceError(_ range: Range<Int>, _ mesh: ParticleMesh) -> Double {
    let last = range.upperBound - 1
    return (error(last) * mesh.surfaceLast + error(last - 1) * mesh.surfaceInner).magnitude
  }

  /// |dV/dx| of one surface at stoichiometry x: slope of the potential, and of the overpotential
  /// through the exchange current, -RT/F tanh(F eta/2RT) (1 - 2x)/(x (1 - x)) with tanh's bound.
  @inline(__always)
  private func voltsPerSurface(
    _ x: Double, _ electrode: ModelFunctions.Electrode, _ reaction: Double,
    _ thermalVoltage: Double
  ) -> Double {
    let drive = min(1, reaction.magnitude / (2 * thermalVoltage))
    return electrode.openCircuitPotential.valueAndSlope(at: x).slope.magnitude
      + thermalVoltage * drive * (1 - 2 * x).magnitude / (x * (1 - x))
  }
}
