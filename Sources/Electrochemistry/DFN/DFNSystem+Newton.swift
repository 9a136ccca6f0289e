import Kernels

extension DFNSystem {
  /// Factors the Newton matrix at the point last evaluated.
  ///
  /// - Parameters:
  ///   - gh: gamma times step, s; 0 moves only what has no inertia.
  ///   - isCurrentFree: the current is an unknown too.
  func factor(gh: Double, isCurrentFree: Bool) {
    negative.factor(
      gh: gh, rates: rates.negative, saltSource: coefficients.saltSource, chi: electrolyte.chi)
    positive.factor(
      gh: gh, rates: rates.positive, saltSource: coefficients.saltSource, chi: electrolyte.chi)
    let s = separator
    let m = s.count
    // Row 0 is the negative's last cell, rows 1 ... m the separator, row m + 1 the positive's last.
    let capacity = coefficients.separatorPorosity * s.width
    var diagonal = negative.elimination.lastSaltPivot.own + gh * s.byBefore.numbers[0]
    s.pivot.numbers[0] = 1 / diagonal
    for k in 1...(m + 1) {
      let own =
        k <= m
        ? capacity + gh * s.byBefore.numbers[k]
        : positive.elimination.lastSaltPivot.own
      // Inflow through face k - 1 falls with the salt here; couplings to both sides.
      let lower = -gh * s.byBefore.numbers[k - 1]
      let upper = gh * s.byAfter.numbers[k - 1]
      diagonal = own - gh * s.byAfter.numbers[k - 1] - lower * upper * s.pivot.numbers[k - 1]
      s.lower.numbers[k] = -lower * s.pivot.numbers[k - 1]
      s.upper.numbers[k - 1] = upper
      s.pivot.numbers[k] = 1 / diagonal
    }
    if isCurrentFree { factorResponse(gh: gh) }
  }

  /// Steps of salt and faces for the right-hand sides in hand; `total` is the current density's
  /// step, A/m2, positive = charge.
  private func solveRows(
    firstSide: Double, lastSide: Double, total: Double,
    negativeInto n: (salt: LaneArray, faces: LaneArray),
    positiveInto p: (salt: LaneArray, faces: LaneArray)
  ) {
    let s = separator
    let m = s.count
    s.side.numbers[0] = firstSide
    s.side.numbers[m + 1] = lastSide
    for k in 1...(m + 1) {
      s.side.numbers[k] += s.lower.numbers[k] * s.side.numbers[k - 1]
    }
    var step = s.side.numbers[m + 1] * s.pivot.numbers[m + 1]
    s.step.numbers[m + 1] = step
    for k in stride(from: m, through: 0, by: -1) {
      step = (s.side.numbers[k] - s.upper.numbers[k] * step) * s.pivot.numbers[k]
      s.step.numbers[k] = step
    }
    negative.substitute(
      lastSalt: s.step.numbers[0], total: -total, salt: n.salt.numbers, faces: n.faces.numbers)
    positive.substitute(
      lastSalt: s.step.numbers[m + 1], total: total, salt: p.salt.numbers,
      faces: p.faces.numbers)
  }

  private func factorResponse(gh: Double) {
    let (n, p) = (negative.elimination, positive.elimination)
    for k in 0..<(separator.count + 2) { separator.side.numbers[k] = 0 }
    // eliminateResponse answers +1 in the electrode's own direction.
    let first = -negative.eliminateResponse()
    for b in 0..<negative.blocks {
      n.saltSide.lanes[b] = -n.saltSide.lanes[b]
      n.faceSide.lanes[b] = -n.faceSide.lanes[b]
    }
    let last = positive.eliminateResponse()
    solveRows(
      firstSide: first, lastSide: last, total: 1,
      negativeInto: (n.saltResponse, n.faceResponse),
      positiveInto: (p.saltResponse, p.faceResponse))
    for k in 0..<(separator.count + 2) {
      separator.response.numbers[k] = separator.step.numbers[k]
    }
    let dn = negative.dropStep(
      salt: n.saltResponse, faces: n.faceResponse, total: -1, shift: false)
    let dp = positive.dropStep(salt: p.saltResponse, faces: p.faceResponse, total: 1, shift: false)
    // Per ampere; the separator's own resistance opposes the current from negative to positive.
    voltageResponse =
      (dp - dn + separator.resistance) / coefficients.area + coefficients.contactResistance
  }

  /// Solves for the steps of everything, given the sides that `DFNSystem+Stage` has prepared.
  ///
  /// - Parameter constraint: residual of the control and its derivatives by voltage and current;
  ///   nil when the current is given.
  /// - Returns: the current's step, A.
  func solve(constraint: (residual: Double, byVoltage: Double, byCurrent: Double)?)
    -> Double
  {
    let (n, p) = (negative.elimination, positive.elimination)
    let first = negative.eliminate(total: 0)
    let last = positive.eliminate(total: 0)
    solveRows(
      firstSide: first, lastSide: last, total: 0,
      negativeInto: (n.saltStep, n.faceStep), positiveInto: (p.saltStep, p.faceStep))
    var step = 0.0
    if let constraint {
      let dn = negative.dropStep(salt: n.saltStep, faces: n.faceStep, total: 0, shift: true)
      let dp = positive.dropStep(salt: p.saltStep, faces: p.faceStep, total: 0, shift: true)
      step =
        -(constraint.residual + constraint.byVoltage * (dp - dn))
        / (constraint.byVoltage * voltageResponse + constraint.byCurrent)
      let density = total(step)
      negative.addResponse(density)
      positive.addResponse(density)
      for k in 0..<(separator.count + 2) {
        separator.step.numbers[k] += density * separator.response.numbers[k]
      }
    }
    negative.substituteShells()
    positive.substituteShells()
    return step
  }
}

extension PorousElectrode {
  /// First-order change of `potentialDrop`, V; the salt's part through its logarithm and
  /// conductivity outside Delta is left out (Newton only needs the slope).
  func dropStep(salt: LaneArray, faces: LaneArray, total: Double, shift: Bool) -> Double {
    let e = elimination
    let last = count - 1
    var sum = Lane(repeating: 0)
    for b in 0..<blocks {
      sum += (total - faces.numbers.lane(at: 8 * b + 1)) * solidFace.lanes[b]
    }
    let reaction =
      (faces.numbers[last + 1] - faces.numbers[last]) * inverseWidth.numbers[last]
    var step = sum.sum() + e.resistance.numbers[last] * reaction
    step += e.differenceBySalt.numbers[last] * salt.numbers[last]
    if shift { step += e.differenceBySurface.numbers[last] * e.surfaceShift.numbers[last] }
    step += (0.75 * total + 0.25 * faces.numbers[last]) * self.salt.ionicHalf.numbers[last]
    return step + (total - 0.25 * faces.numbers[1]) * 0.5 * width.numbers[0]
      / coefficients.conductivity
  }

  /// Adds the response to a total current density, A/m2, positive = charge.
  func addResponse(_ density: Double) {
    let e = elimination
    for b in 0..<blocks { e.saltStep.lanes[b] += density * e.saltResponse.lanes[b] }
    for b in 0...blocks { e.faceStep.lanes[b] += density * e.faceResponse.lanes[b] }
  }
}
