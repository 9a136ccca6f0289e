import Kernels

/// Transport properties of the salt by cell, eight cells a lane.
final class SaltProperties {
  /// ln(c / c0).
  let logarithm: LaneArray
  /// Transport efficiency times diffusivity, m2/s, and its derivative by c/c0.
  let diffusivity: LaneArray
  let diffusivitySlope: LaneArray
  /// Half a cell over transport efficiency and conductivity, Ohm m2, and its derivative by c/c0.
  let ionicHalf: LaneArray
  let ionicHalfSlope: LaneArray

  init(blocks: Int) {
    logarithm = LaneArray(blocks)
    diffusivity = LaneArray(blocks, repeating: 1)
    diffusivitySlope = LaneArray(blocks)
    ionicHalf = LaneArray(blocks, repeating: 1)
    ionicHalfSlope = LaneArray(blocks)
  }

  /// - Parameters:
  ///   - salt: c / c0 by cell.
  ///   - half: half a cell over transport efficiency, m.
  ///   - efficiency: transport efficiency.
  func evaluate(
    _ salt: UnsafePointer<Lane>, half: LaneArray, efficiency: Double, count: Int,
    electrolyte: ElectrolyteState
  ) {
    let blocks = logarithm.count
    for b in 0..<blocks {
      logarithm.lanes[b] = Lane.logarithm(DFNSystem.larger(salt[b], Lane(repeating: 1e-12)))
    }
    let c = UnsafeRawPointer(salt).assumingMemoryBound(to: Double.self)
    let rest = electrolyte.restConcentration
    let scale = efficiency * electrolyte.diffusivityFactor
    for i in 0..<count {
      let d = electrolyte.diffusivity.valueAndSlope(at: c[i] * rest)
      diffusivity.numbers[i] = scale * d.value
      diffusivitySlope.numbers[i] = scale * rest * d.slope
      let k = electrolyte.conductivity.valueAndSlope(at: c[i] * rest)
      ionicHalf.numbers[i] = k.value
      ionicHalfSlope.numbers[i] = k.slope
    }
    // Reciprocals in whole lanes: divisions are the dear part.
    for b in 0..<blocks {
      let k = 1 / ionicHalf.lanes[b]
      let r = half.lanes[b] * k * electrolyte.inverseConductivityFactor
      ionicHalf.lanes[b] = r
      ionicHalfSlope.lanes[b] = -(r * k) * (rest * ionicHalfSlope.lanes[b])
    }
  }
}
