import Kernels

extension DFNSystem {
  /// phi_s - phi_e of the negative electrode at the separator, V.
  var negativePotentialAtSeparator: Double {
    negative.separatorPotential(
      total: negative.faces.numbers[negative.count], faceSalt: separator.negativeFace,
      chi: electrolyte.chi)
  }

  /// Linear in the negative electrode's mean stoichiometry between the cell's limits.
  func stateOfCharge(_ y: UnsafePointer<Lane>) -> Double {
    let f = functions.negative
    return (negative.meanStoichiometry(y + layout.negativeShells) - f.minimumStoichiometry)
      / (f.maximumStoichiometry - f.minimumStoichiometry)
  }

  /// Of the point last evaluated, heats included when `evaluateHeat` was called.
  func outputs(_ y: UnsafePointer<Lane>, current: Double) -> CellOutputs {
    let rest = functions.initialConcentration
    return CellOutputs(
      voltage: voltage, temperature: temperature,
      negativePotentialAtSeparator: negativePotentialAtSeparator,
      negativeSurfaceStoichiometry: negative.meanSurface,
      positiveSurfaceStoichiometry: positive.meanSurface, stateOfCharge: stateOfCharge(y),
      openCircuitVoltage: positive.potential(
        at: positive.meanStoichiometry(y + layout.positiveShells), rates: rates.positive)
        - negative.potential(
          at: negative.meanStoichiometry(y + layout.negativeShells), rates: rates.negative),
      electrolyteNegativeEnd: rest * negative.collectorSalt,
      electrolytePositiveEnd: rest * positive.collectorSalt,
      heatOhmic: heat.ohmic, heatIrreversible: heat.irreversible, heatReversible: heat.reversible)
  }
}

extension PorousElectrode {
  /// Mean over the electrode of the particles' surface stoichiometry.
  var meanSurface: Double {
    var sum = Lane(repeating: 0)
    for b in 0..<blocks { sum += surface.lanes[b] * widthOrZero(b) }
    return sum.sum() / coefficients.thickness
  }

  /// What a stoichiometry's error costs, V: the largest |dDelta/dx_s| of the cells, 0.5 at least.
  func weighSurfaces() {
    var largest = Lane(repeating: 0.5)
    for b in 0..<blocks {
      largest = Lane.larger(largest, Lane.magnitude(differenceBySurface.lanes[b]))
    }
    voltageWeight = largest.max()
  }

  /// Mean over electrode and particles.
  func meanStoichiometry(_ x: UnsafePointer<Lane>) -> Double {
    var total = 0.0
    for k in 0..<shells {
      var sum = Lane(repeating: 0)
      for b in 0..<blocks { sum += x[k * blocks + b] * widthOrZero(b) }
      total += sum.sum() * particle.volumes[k]
    }
    return 3 * total / coefficients.thickness
  }

  @inline(__always)
  private func widthOrZero(_ b: Int) -> Lane {
    width.lanes[b].replacing(with: 0, where: inverseWidth.lanes[b] .== 0)
  }

  /// Salt at the collector over c0: parabola with zero slope at the wall through the means of the
  /// two outer cells, of widths h0 and h1.
  var collectorSalt: Double {
    let (h0, h1) = (width.numbers[0], width.numbers[1])
    // Means of x^2 over the cells.
    let m0 = h0 * h0 / 3
    let m1 = h0 * h0 + h0 * h1 + h1 * h1 / 3
    let (c0, c1) = (saltLevels.numbers[0], saltLevels.numbers[1])
    return c0 - (c1 - c0) * m0 / (m1 - m0)
  }

  /// U + offset + (T - Tref) dU/dT, V.
  func potential(at x: Double, rates: Rates) -> Double {
    openCircuit(at: x) + functions.openCircuitOffset
      + functions.entropicChange.valueAndSlope(at: x).value * rates.aboveReference
  }

  // No curve is returned: each copy of one would count its tables' references.
  private func openCircuit(at x: Double) -> Double {
    switch branch {
    case .mean: functions.openCircuitPotential.valueAndSlope(at: x).value
    case .charge: functions.chargePotential.valueAndSlope(at: x).value
    case .discharge: functions.dischargePotential.valueAndSlope(at: x).value
    }
  }
}
