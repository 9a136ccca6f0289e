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
    _ salt: UnsafePointer<Lane>, half: LaneArray, efficiency: Double, electrolyte: ElectrolyteState
  ) {
    let blocks = logarithm.count
    for b in 0..<blocks {
      logarithm.lanes[b] = Lane.logarithm(Lane.larger(salt[b], Lane(repeating: 1e-12)))
    }
    let rest = electrolyte.restConcentration
    let scale = efficiency * electrolyte.diffusivityFactor
    let relative = scale / rest
    for b in 0..<blocks {
      let c = salt[b] * rest
      let d = electrolyte.potential.valuesAndSlopes(at: c)
      potential.lanes[b] = relative * d.values
      diffusivity.lanes[b] = scale * d.slopes
      let conductivity = electrolyte.conductivity.valuesAndSlopes(at: c)
      let k = 1 / conductivity.values
      let r = half.lanes[b] * k * electrolyte.inverseConductivityFactor
      ionicHalf.lanes[b] = r
      ionicHalfSlope.lanes[b] = -(r * k) * (rest * conductivity.slopes)
    }
  }
}
