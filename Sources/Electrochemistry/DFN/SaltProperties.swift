import Kernels

/// Transport properties of the salt by cell, eight cells a lane.
final class SaltProperties {
  /// ln(c / c0).
  let logarithm: LaneArray
  /// Transport efficiency times the integral of D dc over c0, m2/s, and its derivative by c/c0,
  /// the effective diffusivity. Salt flows along the gradient of the integral (Kirchhoff): D
  /// falls fourfold from 1 to 2 M, where a mean of D at the cells costs 0.1 mV and more.
  let potential: LaneArray
  let diffusivity: LaneArray
  /// Half a cell over transport efficiency and conductivity, Ohm m2, and its derivative by c/c0.
  let ionicHalf: LaneArray
  let ionicHalfSlope: LaneArray

  init(blocks: Int) {
    logarithm = LaneArray(blocks)
    potential = LaneArray(blocks)
    diffusivity = LaneArray(blocks, repeating: 1)
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
    let relative = scale / rest
    for i in 0..<count {
      let d = electrolyte.potential.valueAndSlope(at: c[i] * rest)
      potential.numbers[i] = relative * d.value
      diffusivity.numbers[i] = scale * d.slope
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
