import Kernels

// The Newton matrix of one stage is (I - gh J) for what has inertia and J for the rest. Particles
// are eliminated first: a tridiagonal system each, driven by its own outflow q only, so that the
// surface answers x_s = X0 + X1 q. That makes Delta of a cell linear in (reaction, salt) of that
// cell, and leaves a block tridiagonal system in x with two unknowns a cell.

extension PorousElectrode {
  /// Factors at the point last evaluated.
  ///
  /// - Parameters:
  ///   - gh: gamma times step, s; 0 keeps everything with inertia.
  ///   - saltSource: (1 - t+) / (F c0), m3/(A s).
  ///   - chi: V.
  func factor(gh: Double, rates: Rates, saltSource: Double, chi: Double) {
    if isConstantDiffusivity {
      factorColumn(gh: gh, rates: rates)
    } else {
      factorShells(gh: gh)
    }
    weighSurfaces()
    let e = elimination
    for b in 0..<blocks {
      e.resistance.lanes[b] =
        differenceByReaction.lanes[b]
        + differenceBySurface.lanes[b] * e.surfaceByOutflow.lanes[b]
        * coefficients.surfaceSource
      e.differenceBySalt.lanes[b] = differenceBySalt.lanes[b]
      e.differenceBySurface.lanes[b] = differenceBySurface.lanes[b]
    }
    factorRows(gh: gh, saltSource: saltSource, chi: chi)
  }

  private func factorColumn(gh: Double, rates: Rates) {
    let e = elimination
    let rate = gh * rates.diffusion * (functions.diffusivity.constant ?? 0)
    let last = shells - 1
    var (coupling, ratio) = (0.0, 0.0)
    for k in 0..<last {
      let next = rate * particle.conductances[k]
      let pivot = 1 / (particle.volumes[k] + coupling + next - coupling * ratio)
      e.columnPivot[k] = pivot
      ratio = next * pivot
      e.columnUp[k] = ratio
      coupling = next
    }
    let pivot = 1 / (particle.volumes[last] + coupling - coupling * ratio)
    e.columnPivot[last] = pivot
    let (wl, wi) = (particle.surfaceLast, particle.surfaceInner)
    let byLast = wl + wi * e.columnUp[last - 1]
    for b in 0..<blocks {
      e.lastByOutflow.lanes[b] = Lane(repeating: -gh * pivot)
      e.surfaceByLast.lanes[b] = Lane(repeating: byLast)
      e.surfaceByInner.lanes[b] = Lane(repeating: wi)
      e.surfaceByOutflow.lanes[b] = surfaceByOutflow.lanes[b] - byLast * gh * pivot
    }
  }

  private func factorShells(gh: Double) {
    let e = elimination
    let last = shells - 1
    let (wl, wi) = (particle.surfaceLast, particle.surfaceInner)
    for b in 0..<blocks {
      // Outflow k to k + 1 grows by a with shell k and falls by c with shell k + 1.
      var a = Lane(repeating: 0)
      var c = Lane(repeating: 0)
      var up = Lane(repeating: 0)
      var before = Lane(repeating: 0)
      for k in 0..<last {
        let i = k * blocks + b
        let (nextA, nextC) = (
          gh * (shellConductance.lanes[i] + shellSlope.lanes[i]),
          gh * (shellConductance.lanes[i] - shellSlope.lanes[i])
        )
        let pivot = 1 / (particle.volumes[k] + c + nextA - a * up)
        e.pivot.lanes[i] = pivot
        e.down.lanes[i] = a * before
        up = nextC * pivot
        e.up.lanes[i] = up
        before = pivot
        (a, c) = (nextA, nextC)
      }
      let i = last * blocks + b
      let pivot = 1 / (particle.volumes[last] + c - a * up)
      e.pivot.lanes[i] = pivot
      e.down.lanes[i] = a * before
      let lastByOutflow = -gh * pivot
      e.lastByOutflow.lanes[b] = lastByOutflow
      let inner = surfaceByMean.lanes[b] * wi
      let byLast = surfaceByMean.lanes[b] * wl + surfaceByLast.lanes[b] + inner * up
      e.surfaceByLast.lanes[b] = byLast
      e.surfaceByInner.lanes[b] = inner
      e.surfaceByOutflow.lanes[b] = surfaceByOutflow.lanes[b] + byLast * lastByOutflow
    }
  }

  /// Block elimination from the collector to the separator.
  private func factorRows(gh: Double, saltSource: Double, chi: Double) {
    let e = elimination
    let theta = gh * saltSource
    let porosity = coefficients.porosity
    var lower = SIMD4<Double>(repeating: 0)  // of the row in hand, to the cell before
    var inflowByHere = 0.0  // d(inflow)/d(salt here), negative
    var previous = ElectrodeElimination.Row()
    let last = count - 1
    for i in 0...last {
      let (h, inverse) = (width.numbers[i], inverseWidth.numbers[i])
      let resistance = e.resistance.numbers[i] * inverse
      var d = SIMD4<Double>(porosity * h - gh * inflowByHere, -theta, 0, 1)
      var row = ElectrodeElimination.Row()
      var nextLower = SIMD4<Double>(repeating: 0)
      if i < last {
        let face = faces.numbers[i + 1]
        // flux = integral of D dc / distance: its derivatives are D at the ends.
        let byHere = 2 * salt.diffusivity.numbers[i] * inverseSpan.numbers[i]
        let byNext = -2 * salt.diffusivity.numbers[i + 1] * inverseSpan.numbers[i]
        d[0] += gh * byHere
        row.upper[0] = gh * byNext
        let nextResistance = e.resistance.numbers[i + 1] * inverseWidth.numbers[i + 1]
        let concentration = e.differenceBySalt.numbers[i] + chi / saltLevels.numbers[i]
        let nextConcentration = e.differenceBySalt.numbers[i + 1] + chi / saltLevels.numbers[i + 1]
        d[2] = -concentration - face * salt.ionicHalfSlope.numbers[i]
        d[3] = -(resistance + nextResistance + solidFace.numbers[i] + ionicFace.numbers[i])
        row.upper[2] = nextConcentration - face * salt.ionicHalfSlope.numbers[i + 1]
        row.upper[3] = nextResistance
        // The last face carries the total current: its row is an identity.
        nextLower = SIMD4(-gh * byHere, theta, 0, i + 1 == last ? 0 : nextResistance)
        inflowByHere = byNext
      }
      if i > 0 {
        row.lower = Self.product(lower, previous.inverse)
        d -= Self.product(row.lower, previous.upper)
      }
      let determinant = 1 / (d[0] * d[3] - d[1] * d[2])
      row.inverse = determinant * SIMD4(d[3], -d[1], -d[2], d[0])
      e.rows[i] = row
      previous = row
      lower = nextLower
      if i == last { e.lastSaltPivot = (d[0], d[1]) }
    }
  }

  @inline(__always)
  static func product(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(
      a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
      a[2] * b[1] + a[3] * b[3])
  }
}
