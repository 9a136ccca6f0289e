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
      c, half: half, efficiency: efficiency, count: count, electrolyte: electrolyte)
    let level = UnsafeRawPointer(c).assumingMemoryBound(to: Double.self)
    let (d, slope) = (salt.diffusivity.numbers, salt.diffusivitySlope.numbers)
    let inverse = 0.5 / width
    for k in 1..<count {
      let fall = level[k - 1] - level[k]
      let bend = slope[k] - slope[k - 1]
      flux.numbers[k] = fall * inverse * (d[k - 1] + d[k] + fall * bend * (1.0 / 6))
      byBefore.numbers[k] = 2 * d[k - 1] * inverse
      byAfter.numbers[k] = -2 * d[k] * inverse
    }
    let first = HalfCell(negative)
    let last = HalfCell(positive)
    let (own, other) = (
      HalfCell(
        level: level[0], half: 0.5 * width, diffusivity: d[0], slope: slope[0]),
      HalfCell(
        level: level[count - 1], half: 0.5 * width, diffusivity: d[count - 1],
        slope: slope[count - 1])
    )
    negativeFace = joint(first, own, at: 0)
    positiveFace = joint(other, last, at: count)
    resistance = 0
    for k in 0..<count { resistance += 2 * salt.ionicHalf.numbers[k] }
    potentialRise =
      -current * resistance + electrolyte.chi * Double.logarithm(positiveFace / negativeFace)
  }

  /// The flux through two half cells of unlike media, and the salt where they meet.
  ///
  /// Integral of D dc over each half, D linear from its centre: D at the centre alone would cost
  /// 0.1 mV at 2C, because D changes by 5 % over the half cell at the separator.
  fileprivate func joint(_ a: HalfCell, _ b: HalfCell, at face: Int) -> Double {
    var level = (a.level * a.diffusivity * b.half + b.level * b.diffusivity * a.half)
      / (a.diffusivity * b.half + b.diffusivity * a.half)
    for _ in 0..<3 {
      let (ga, gb) = (a.mean(to: level) / a.half, b.mean(to: level) / b.half)
      level = (a.level * ga + b.level * gb) / (ga + gb)
    }
    flux.numbers[face] = (a.level - level) * a.mean(to: level) / a.half
    let (fa, fb) = (a.at(level) / a.half, b.at(level) / b.half)
    byBefore.numbers[face] = a.diffusivity / a.half * fb / (fa + fb)
    byAfter.numbers[face] = -b.diffusivity / b.half * fa / (fa + fb)
    return level
  }

  /// Half of a cell, from its centre to a face.
  fileprivate struct HalfCell {
    /// c / c0 at the centre.
    var level: Double
    /// m.
    var half: Double
    /// Transport efficiency times diffusivity, m2/s, and its derivative by c / c0.
    var diffusivity: Double
    var slope: Double

    /// At the face, where c / c0 is `level`.
    func at(_ level: Double) -> Double {
      // A quarter of the centre's at least: an iterate may stray.
      max(0.25 * diffusivity, diffusivity + slope * (level - self.level))
    }
    /// Mean from the centre to the face.
    func mean(to level: Double) -> Double { 0.5 * (diffusivity + at(level)) }
  }
}

extension SeparatorCells.HalfCell {
  fileprivate init(_ electrode: PorousElectrode) {
    let last = electrode.count - 1
    self.init(
      level: electrode.saltLevels.numbers[last], half: 0.5 * electrode.width.numbers[last],
      diffusivity: electrode.salt.diffusivity.numbers[last],
      slope: electrode.salt.diffusivitySlope.numbers[last])
  }
}
