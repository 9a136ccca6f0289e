import Kernels

/// The electrolyte's functions at one temperature. A class: handing it on copies no tables.
final class ElectrolyteState {
  /// Integral of the diffusivity over concentration, mol/(m s).
  let potential: PiecewiseCubic
  let conductivity: PiecewiseCubic
  /// c0, mol/m3.
  let restConcentration: Double
  /// Factor x Arrhenius.
  var diffusivityFactor = 1.0
  /// 1 / (factor x Arrhenius).
  var inverseConductivityFactor = 1.0
  /// 2 (1 - t+) R T / F, V.
  var chi = 0.0

  init(potential: PiecewiseCubic, conductivity: PiecewiseCubic, restConcentration: Double) {
    self.potential = potential
    self.conductivity = conductivity
    self.restConcentration = restConcentration
  }
}
