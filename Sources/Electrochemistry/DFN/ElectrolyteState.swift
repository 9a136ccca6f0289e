import Kernels

/// The electrolyte's functions at one temperature.
struct ElectrolyteState {
  /// Integral of the diffusivity over concentration, mol/(m s).
  var potential: PiecewiseCubic
  var conductivity: PiecewiseCubic
  /// c0, mol/m3.
  var restConcentration: Double
  /// Factor x Arrhenius.
  var diffusivityFactor = 1.0
  /// 1 / (factor x Arrhenius).
  var inverseConductivityFactor = 1.0
  /// 2 (1 - t+) R T / F, V.
  var chi = 0.0
}
