import Kernels

/// The separator's salt: between the last cells of both electrodes, equal cells, scalars.
final class SeparatorCells {
  let count: Int
  let blocks: Int
  /// m.
  var width = 1.0
  var efficiency = 1.0
  let half: LaneArray
  let salt: SaltProperties
  /// Fluxes over c0 at its count + 1 faces, m/s, from negative to positive.
  let flux: LaneArray
  /// d(flux)/d(cell before) and d(flux)/d(cell after), the latter negative.
  let byBefore: LaneArray
  let byAfter: LaneArray
  let side: LaneArray
  let step: LaneArray
  /// Steps for one A/m2 of current density, positive = charge.
  let response: LaneArray
  let pivot: LaneArray
  /// Couplings as factored, with the pivot of the row before, and to the row after: `evaluate` moves
  /// `byBefore` and `byAfter` on, and a matrix mixed of two points loses salt.
  let lower: LaneArray
  let upper: LaneArray
  /// Salt at the faces towards the negative and the positive electrode, c / c0.
  var negativeFace = 1.0
  var positiveFace = 1.0
  /// phi_e at the positive electrode's face less that at the negative's, V.
  var potentialRise = 0.0
  /// Integral of the ionic resistance, Ohm m2.
  var resistance = 0.0

  init(cells: Int) {
    count = cells
    blocks = (cells + 7) / 8
    half = LaneArray(blocks, repeating: 1)
    salt = SaltProperties(blocks: blocks)
    let faces = (cells + 2 + 7) / 8
    flux = LaneArray(faces)
    byBefore = LaneArray(faces)
    byAfter = LaneArray(faces)
    side = LaneArray(faces)
    step = LaneArray(faces)
    response = LaneArray(faces)
    pivot = LaneArray(faces, repeating: 1)
    lower = LaneArray(faces)
    upper = LaneArray(faces)
  }

  func setGeometry(thickness: Double, transportEfficiency: Double) {
    efficiency = transportEfficiency
    width = thickness / Double(count)
    for i in 0..<count { half.numbers[i] = 0.5 * width / transportEfficiency }
  }
}

extension SeparatorCells {
  /// Fluxes, potentials and the salt at the faces.
  ///
  /// - Parameters:
  ///   - c: c / c0 of the cells.
  ///   - ends: the last cells of negative and positive electrode.
  ///   - current: ionic current from negative to positive, A/m2.
  func evaluate(
    _ c: UnsafePointer<Lane>, negative: PorousElectrode, positive: PorousElectrode,
    current: Double, electrolyte: ElectrolyteState
  ) {
    salt.evaluate(
      c, half: half, efficiency: efficiency, electrolyte: electrolyte)
    let (potential, d) = (salt.potential.numbers, salt.diffusivity.numbers)
    let inverse = 1 / width
    for k in 1..<count {
      flux.numbers[k] = (potential[k - 1] - potential[k]) * inverse
      byBefore.numbers[k] = d[k - 1] * inverse
      byAfter.numbers[k] = -d[k] * inverse
    }
    let (first, last) = (HalfCell(negative), HalfCell(positive))
    negativeFace = joint(first, half(0, c), at: 0, electrolyte)
    positiveFace = joint(half(count - 1, c), last, at: count, electrolyte)
    resistance = 0
    for k in 0..<count { resistance += 2 * salt.ionicHalf.numbers[k] }
    potentialRise =
      -current * resistance + electrolyte.chi * Double.logarithm(positiveFace / negativeFace)
  }

  private func half(_ k: Int, _ c: UnsafePointer<Lane>) -> HalfCell {
    HalfCell(
      level: UnsafeRawPointer(c).assumingMemoryBound(to: Double.self)[k],
      potential: salt.potential.numbers[k] / efficiency,
      diffusivity: salt.diffusivity.numbers[k] / efficiency, conductance: 2 * efficiency / width)
  }

  /// The flux through two half cells of unlike media, and the salt where they meet: the integral of
  /// D dc is continuous there and linear across each half.
  private func joint(
    _ a: HalfCell, _ b: HalfCell, at face: Int, _ electrolyte: ElectrolyteState
  ) -> Double {
    let share = a.conductance / (a.conductance + b.conductance)
    let conductance = share * b.conductance
    flux.numbers[face] = conductance * (a.potential - b.potential)
    byBefore.numbers[face] = conductance * a.diffusivity
    byAfter.numbers[face] = -conductance * b.diffusivity
    let wanted = share * a.potential + (1 - share) * b.potential
    var level = a.level + (wanted - a.potential) / a.diffusivity
    let (rest, scale) = (electrolyte.restConcentration, electrolyte.diffusivityFactor)
    for _ in 0..<3 {
      let k = electrolyte.potential.valueAndSlope(at: level * rest)
      level -= (scale * k.value / rest - wanted) / (scale * k.slope)
    }
    return max(level, 1e-12)
  }

  /// Half of a cell, from its centre to a face.
  fileprivate struct HalfCell {
    /// c / c0 at the centre.
    var level: Double
    /// Integral of D dc over c0 and D there, m2/s.
    var potential: Double
    var diffusivity: Double
    /// Transport efficiency over half the width, 1/m.
    var conductance: Double
  }
}

extension SeparatorCells.HalfCell {
  fileprivate init(_ electrode: PorousElectrode) {
    let (last, efficiency) = (electrode.count - 1, electrode.coefficients.transportEfficiency)
    self.init(
      level: electrode.saltLevels.numbers[last],
      potential: electrode.salt.potential.numbers[last] / efficiency,
      diffusivity: electrode.salt.diffusivity.numbers[last] / efficiency,
      conductance: 2 * efficiency / electrode.width.numbers[last])
  }
}
