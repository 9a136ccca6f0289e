import Electrochemistry
import Foundation

/// The slowest decaying mode of diffusion through negative electrode, separator and positive
/// electrode at one diffusivity: cosines in the layers, value and flux continuous where they meet.
struct LayerMode {
  /// 1/s.
  let rate: Double
  private let parts: [(length: Double, wave: Double, a: Double, b: Double)]

  init(_ cell: CellParameters, diffusivity: Double) {
    let layers = UniformReaction.Domain.allCases.map { UniformReaction.part(cell, $0) }
    // From the negative collector on: value and flux at each layer's far end.
    func walk(_ rate: Double) -> (flux: Double, [(Double, Double, Double, Double)]) {
      var (value, flux) = (1.0, 0.0)
      var parts: [(Double, Double, Double, Double)] = []
      for (length, porosity, efficiency) in layers {
        let wave = sqrt(rate * porosity / (efficiency * diffusivity))
        let slope = flux / (efficiency * wave)
        parts.append((length, wave, value, slope))
        let (c, s) = (cos(wave * length), sin(wave * length))
        (value, flux) = (value * c + slope * s, efficiency * wave * (slope * c - value * s))
      }
      return (flux, parts)
    }
    // The flux at the far collector vanishes first where it changes sign.
    var low = 1e-6
    var high = low
    while walk(high).flux * walk(low).flux > 0 { high *= 1.02 }
    low = high / 1.02
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if walk(middle).flux * walk(low).flux > 0 { low = middle } else { high = middle }
    }
    rate = 0.5 * (low + high)
    parts = walk(rate).1
  }

  /// At a fraction of a domain; electrodes from their collector.
  func value(_ domain: UniformReaction.Domain, _ s: Double) -> Double {
    let (k, fraction) =
      switch domain {
      case .negative: (0, s)
      case .separator: (1, s)
      case .positive: (2, 1 - s)
      }
    let part = parts[k]
    let phase = part.wave * part.length * fraction
    return part.a * cos(phase) + part.b * sin(phase)
  }
}
