import Quantities
import Safety

/// Ten seconds of film with tolerances that are powers of two, so that a boundary is met exactly.
enum BinaryFilm {
  static var rules: PlausibilityRules {
    var rules = PlausibilityRules()
    rules.currentTolerance = Amperes(0.25)
    rules.currentRatio = 0
    rules.voltageTolerance = Volts(0.125)
    rules.leadDrop = Volts(0.25)
    rules.temperatureSpread = Kelvins(8)
    return rules
  }

  static func play(
    setPoint: Double, current: Double? = nil, ceiling: Double = 4.35, holds: Bool = true,
    for duration: Double = 10, from time: Double = 0,
    _ change: @escaping (inout Sample) -> Void = { _ in }
  ) throws -> Trip? {
    var film = try Film(plausibility: Self.rules)
    film.setPoint = setPoint
    film.ceiling = ceiling
    film.holdsContactor = holds
    film.time = time
    return film.play(for: duration) {
      var sample = $0.sample(voltage: 3.5, current: current)
      change(&sample)
      return sample
    }
  }
}
