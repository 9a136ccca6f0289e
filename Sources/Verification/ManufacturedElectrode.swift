import Electrochemistry
import Foundation
import Kernels

/// A state of one electrode made so that a chosen current distribution solves the DFN's equations.
///
/// The ionic current is I (s + 0.2 sin(pi s)), s from the collector; Ohm's laws of both phases then
/// give phi_s - phi_e by integration, and the stoichiometry at each particle's surface is the one
/// whose potential and overpotential add up to it.
struct ManufacturedElectrode {
  let parameters: ElectrodeParameters
  /// Current density, A/m2, positive from collector to separator.
  let total: Double
  /// c / c0 at a fraction of the thickness.
  let salt: (Double) -> Double
  /// Conductivity of the electrolyte, S/m, at c / c0.
  let conductivity: (Double) -> Double
  /// 2 (1 - t+) R T / F, V.
  let chi: Double
  /// R T / F, V.
  let thermalVoltage: Double
  /// phi_s - phi_e at the collector, V.
  let start: Double

  /// - Parameter surface: stoichiometry at the particles' surface at the collector.
  init(
    _ parameters: ElectrodeParameters, total: Double, surface: Double, chi: Double,
    temperature: Double, salt: @escaping (Double) -> Double,
    conductivity: @escaping (Double) -> Double
  ) {
    self.parameters = parameters
    self.total = total
    self.salt = salt
    self.conductivity = conductivity
    self.chi = chi
    thermalVoltage = PhysicalConstants.gas / PhysicalConstants.faraday * temperature
    let reaction = total * (1 + 0.2 * Double.pi) / parameters.thickness
    start = Self.difference(
      parameters, surface: surface, reaction: reaction, salt: salt(0),
      thermalVoltage: thermalVoltage)
  }

  func ionicShare(_ s: Double) -> Double { s + 0.2 * sin(Double.pi * s) }
  func reaction(_ s: Double) -> Double {
    total * (1 + 0.2 * Double.pi * cos(Double.pi * s)) / parameters.thickness
  }

  /// phi_s - phi_e, V.
  func difference(_ s: Double) -> Double {
    let ohmic = GaussPoints.integral(from: 0, to: s, panels: 12) { s in
      let ionic = ionicShare(s)
      return ionic / (parameters.transportEfficiency * conductivity(salt(s)))
        - (1 - ionic) / parameters.conductivity
    }
    return start + total * parameters.thickness * ohmic - chi * log(salt(s) / salt(0))
  }

  /// phi_s at the collector less phi_e at the separator's face, V.
  var drop: Double {
    let electronic = GaussPoints.integral(from: 0, to: 1, panels: 4) { 1 - ionicShare($0) }
    return difference(1) + total * parameters.thickness * electronic / parameters.conductivity
  }

  /// Stoichiometry at the surface, by bisection: the potential falls with it.
  func surface(_ s: Double) -> Double {
    let wanted = difference(s)
    var (low, high) = (0.05, 0.95)
    for _ in 0..<80 {
      let middle = 0.5 * (low + high)
      let value = Self.difference(
        parameters, surface: middle, reaction: reaction(s), salt: salt(s),
        thermalVoltage: thermalVoltage)
      if value > wanted { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// Stoichiometry of a shell of given mean squared radius: a parabola with the surface's flux.
  func shell(surface: Double, _ s: Double, square: Double) -> Double {
    let p = parameters
    let flux =
      reaction(s)
      / (p.surfaceAreaPerUnitVolume * p.activeFraction * PhysicalConstants.faraday
        * p.maximumConcentration)
    let diffusivity = p.diffusivity.factor * p.diffusivity.curve.value(at: 0.5)
    return surface + 0.5 * flux * p.particleRadius / diffusivity * (1 - square)
  }

  /// U + 2 RT/F asinh(j / 2 j0), V.
  private static func difference(
    _ p: ElectrodeParameters, surface x: Double, reaction: Double, salt: Double,
    thermalVoltage: Double
  ) -> Double {
    let exchange = exchange(p, x: x) * root(salt)
    return p.openCircuitPotential.curve.value(at: x) + p.openCircuitPotential.offset
      + 2 * thermalVoltage * asinh(reaction / (2 * exchange))
  }

  /// a j0 at even salt, A/m3.
  static func exchange(_ p: ElectrodeParameters, x: Double) -> Double {
    p.surfaceAreaPerUnitVolume * p.activeFraction * PhysicalConstants.faraday
      * p.reactionRateConstant * root(x) * root(1 - x)
  }

  /// Square root as the model smooths it at 0: see `ExchangeCurrent`.
  private static func root(_ u: Double) -> Double { u / pow(u * u + 1e-6, 0.25) }
}
