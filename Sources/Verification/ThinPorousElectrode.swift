import Electrochemistry
import Foundation

/// Current distribution in a porous electrode with linear kinetics and even salt, in closed form.
///
/// J. Newman, C. W. Tobias, J. Electrochem. Soc. 109 (1962) 1183: i'' = K ((1/k + 1/s) i - I/s)
/// with i = 0 at the collector and I at the separator.
struct ThinPorousElectrode {
  /// m.
  let thickness: Double
  /// Effective electronic and ionic conductivity, S/m.
  let solid: Double
  let ionic: Double
  /// Reaction per overpotential, A/(m3 V).
  let kinetics: Double

  private var wave: Double { (kinetics * (1 / solid + 1 / ionic)).squareRoot() }
  private var share: Double { ionic / (ionic + solid) }
  private var sine: Double {
    let nu = wave * thickness
    return (1 - share + share * cosh(nu)) / sinh(nu)
  }

  /// Ionic part of the current at a fraction of the thickness from the collector.
  func ionicShare(_ s: Double) -> Double {
    let phase = wave * thickness * s
    return share - share * cosh(phase) + sine * sinh(phase)
  }

  /// phi_s at the collector less phi_e at the separator's face, per current density, Ohm m2.
  var resistance: Double {
    let nu = wave * thickness
    let integral = share * thickness - share * sinh(nu) / wave + sine * (cosh(nu) - 1) / wave
    let slope = wave * (sine * cosh(nu) - share * sinh(nu))
    return (thickness - integral) / solid + slope / kinetics
  }
}
