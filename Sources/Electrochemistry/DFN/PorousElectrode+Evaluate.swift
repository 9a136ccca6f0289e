import Kernels

extension PorousElectrode {
  /// One temperature's rates.
  struct Rates {
    /// Diffusivity's factor over radius squared, 1/(m2): times D gives 1/s.
    var diffusion: Double
    /// a F K, A/m3.
    var exchange: Double
    /// R T / F, V.
    var thermalVoltage: Double
    /// T - T_ref, K.
    var aboveReference: Double
  }

  /// Fills everything that `PorousElectrode` lists as left behind.
  ///
  /// - Parameters:
  ///   - shells: stoichiometries.
  ///   - salt: c / c0.
  ///   - ionic: current at right faces, A/m2; the last is not read.
  ///   - total: current density through the electrode, A/m2, positive towards the separator.
  func evaluate(
    shells x: UnsafePointer<Lane>, salt c: UnsafePointer<Lane>, ionic: UnsafePointer<Lane>,
    total: Double, rates: Rates, electrolyte: ElectrolyteState
  ) {
    reactions(ionic, total: total)
    surfaces(x, rates: rates)
    potentials(c, rates: rates)
    if isConstantDiffusivity { diffuseConstant(x, rates: rates) } else { diffuse(x, rates: rates) }
    salt.evaluate(
      c, half: ionicHalf, efficiency: coefficients.transportEfficiency, electrolyte: electrolyte)
    facesOfX(total: total, chi: electrolyte.chi)
  }

  /// Face currents and what they leave between them.
  func reactions(_ ionic: UnsafePointer<Lane>, total: Double) {
    for b in 0..<blocks {
      (faces.numbers + 8 * b + 1).storeLane(ionic[b])
    }
    faces.numbers[0] = 0
    faces.numbers[count] = total
    for b in 0..<blocks {
      reaction.lanes[b] =
        (faces.numbers.lane(at: 8 * b + 1) - faces.lanes[b]) * inverseWidth.lanes[b]
    }
  }

  /// Surface stoichiometry: parabola through the outer shells with the gradient that the
  /// outflow imposes; with a diffusivity that varies, read at the surface by one fixed-point step.
  func surfaces(_ x: UnsafePointer<Lane>, rates: Rates) {
    let (last, inner) = ((shells - 1) * blocks, (shells - 2) * blocks)
    let source = coefficients.surfaceSource
    for b in 0..<blocks {
      let mean = x[last + b] * particle.surfaceLast + x[inner + b] * particle.surfaceInner
      let q = reaction.lanes[b] * source
      if let constant = functions.diffusivity.constant {
        let g = particle.surfaceGradient / (rates.diffusion * constant)
        surface.lanes[b] = mean - q * g
        surfaceByMean.lanes[b] = Lane(repeating: 1)
        surfaceByLast.lanes[b] = Lane(repeating: 0)
        surfaceByOutflow.lanes[b] = Lane(repeating: -g)
      } else {
        let w = particle.surfaceGradient / rates.diffusion
        let (d1, s1) = functions.diffusivity.valuesAndSlopes(at: x[last + b])
        let guess = mean - q * (w / d1)
        let (d2, s2) = functions.diffusivity.valuesAndSlopes(at: guess)
        surface.lanes[b] = mean - q * (w / d2)
        let byGuess = q * (w * s2 / (d2 * d2))
        surfaceByMean.lanes[b] = 1 + byGuess
        surfaceByLast.lanes[b] = byGuess * (q * (w * s1 / (d1 * d1)))
        surfaceByOutflow.lanes[b] = -(w / d2) - byGuess * (w / d1)
      }
    }
  }

  @inline(__always)
  private func openCircuit(at x: Lane) -> (values: Lane, slopes: Lane) {
    switch branch {
    case .mean: functions.openCircuitPotential.valuesAndSlopes(at: x)
    case .charge: functions.chargePotential.valuesAndSlopes(at: x)
    case .discharge: functions.dischargePotential.valuesAndSlopes(at: x)
    }
  }

  /// Delta = U + (T - Tref) dU/dT + eta, with its slopes.
  func potentials(_ c: UnsafePointer<Lane>, rates: Rates) {
    let symmetric = coefficients.anodic == 0.5 && coefficients.cathodic == 0.5
    for b in 0..<blocks {
      // A Newton iterate may stray; what has converged is checked by the solver.
      let (low, high) = (Lane(repeating: 1e-10), Lane(repeating: 1 - 1e-10))
      let x = Lane.smaller(Lane.larger(surface.lanes[b], low), high)
      let salt = Lane.larger(c[b], low)
      var (u, slope) = openCircuit(at: x)
      u += functions.openCircuitOffset
      if hasEntropy {
        let (s, ds) = functions.entropicChange.valuesAndSlopes(at: x)
        entropy.lanes[b] = s
        u += s * rates.aboveReference
        slope += ds * rates.aboveReference
      }
      let eta =
        symmetric
        ? symmetricKinetics(b, x: x, salt: salt, rates: rates)
        : generalKinetics(b, x: x, salt: salt, rates: rates)
      saltLevels.lanes[b] = salt
      overpotential.lanes[b] = eta
      difference.lanes[b] = u + eta
      differenceBySurface.lanes[b] += slope
    }
  }

  /// eta = 2RT/F asinh(a F j / (2 a j0)); leaves the slopes of eta.
  @inline(__always)
  private func symmetricKinetics(_ b: Int, x: Lane, salt: Lane, rates: Rates) -> Lane {
    let free = 1 - x
    let d = ExchangeCurrent.softening
    let (xx, ff, cc) = (x * x + d, free * free + d, salt * salt + d)
    let inverse =
      Lane.root(Lane.root(xx * ff * cc)) / (rates.exchange * (x * free) * salt)
    let ratio = reaction.lanes[b] * inverse
    let half = 0.5 * ratio
    let root = Lane.root(half * half + 1)
    let slope = rates.thermalVoltage / root
    differenceByReaction.lanes[b] = slope * inverse
    let decline = slope * ratio
    differenceBySalt.lanes[b] = decline * (0.5 * salt / cc - 1 / salt)
    let byOccupied = 0.5 * x / xx - 1 / x
    let byFree = 0.5 * free / ff - 1 / free
    differenceBySurface.lanes[b] = decline * (byOccupied - byFree)
    return (2 * rates.thermalVoltage) * Lane.inverseHyperbolicSine(half)
  }

  /// Any transfer coefficients, cell by cell.
  private func generalKinetics(_ b: Int, x: Lane, salt: Lane, rates: Rates) -> Lane {
    let (aa, ac) = (coefficients.anodic, coefficients.cathodic)
    var eta = Lane(repeating: 0)
    for k in 0..<8 {
      let (occupied, free, level) = (
        ExchangeCurrent.power(x[k], ac), ExchangeCurrent.power(1 - x[k], aa),
        ExchangeCurrent.power(salt[k], aa)
      )
      let j0 = rates.exchange * occupied.value * free.value * level.value
      let ratio = reaction.lanes[b][k] / j0
      let u = ButlerVolmer.overpotential(ratio, anodic: aa, cathodic: ac)
      let slope = rates.thermalVoltage * ButlerVolmer.slope(at: u, anodic: aa, cathodic: ac)
      eta[k] = rates.thermalVoltage * u
      differenceByReaction.lanes[b][k] = slope / j0
      let decline = slope * ratio
      differenceBySalt.lanes[b][k] = -decline * level.logarithmicSlope
      differenceBySurface.lanes[b][k] =
        -decline * (occupied.logarithmicSlope - free.logarithmicSlope)
    }
    return eta
  }

  private func diffuseConstant(_ x: UnsafePointer<Lane>, rates: Rates) {
    let rate = rates.diffusion * (functions.diffusivity.constant ?? 0)
    let source = coefficients.surfaceSource
    let out = shellRates.lanes
    let last = shells - 1
    particle.conductances.withUnsafeBufferPointer { geometry in
      for b in 0..<blocks {
        var inflow = Lane(repeating: 0)
        var here = x[b]
        for k in 0..<last {
          let next = x[(k + 1) * blocks + b]
          let outflow = (rate * geometry[k]) * (here - next)
          out[k * blocks + b] = inflow - outflow
          inflow = outflow
          here = next
        }
        out[last * blocks + b] = inflow - reaction.lanes[b] * source
      }
    }
  }

  private func diffuse(_ x: UnsafePointer<Lane>, rates: Rates) {
    let source = coefficients.surfaceSource
    let out = shellRates.lanes
    let last = shells - 1
    particle.conductances.withUnsafeBufferPointer { geometry in
      for b in 0..<blocks {
        var inflow = Lane(repeating: 0)
        var here = x[b]
        for k in 0..<last {
          let next = x[(k + 1) * blocks + b]
          let (d, slope) = functions.diffusivity.valuesAndSlopes(at: 0.5 * (here + next))
          let g = (rates.diffusion * geometry[k]) * d
          let outflow = g * (here - next)
          shellConductance.lanes[k * blocks + b] = g
          shellSlope.lanes[k * blocks + b] =
            (rates.diffusion * geometry[k] * 0.5) * (slope * (here - next))
          out[k * blocks + b] = inflow - outflow
          inflow = outflow
          here = next
        }
        out[last * blocks + b] = inflow - reaction.lanes[b] * source
      }
    }
  }

  /// Ohm's law and the salt's flux at inner faces; the last face belongs to the separator.
  private func facesOfX(total: Double, chi: Double) {
    for b in 0..<blocks {
      let right = 8 * b + 1
      let current = faces.numbers.lane(at: right)
      let resistance = salt.ionicHalf.lanes[b] + salt.ionicHalf.numbers.lane(at: right)
      ionicFace.lanes[b] = resistance
      let solid = (total - current) * solidFace.lanes[b]
      let concentration =
        chi * (salt.logarithm.numbers.lane(at: right) - salt.logarithm.lanes[b])
      faceResidual.lanes[b] =
        difference.numbers.lane(at: right) - difference.lanes[b] + solid
        - current * resistance + concentration
      saltFlux.lanes[b] =
        (salt.potential.lanes[b] - salt.potential.numbers.lane(at: right))
        * (2 * inverseSpan.lanes[b])
    }
  }
}

extension UnsafeMutablePointer where Pointee == Double {
  /// Eight numbers, aligned or not.
  @inline(__always)
  func storeLane(_ lane: Lane) {
    UnsafeMutableRawPointer(self).storeBytes(of: lane, as: Lane.self)
  }
}
