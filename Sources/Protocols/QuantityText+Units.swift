extension QuantityText {
  struct Unit {
    let name: String
    /// Multiplies a number in this unit into the quantity's own.
    let factor: Double
    /// Accepted, and not listed in error lines.
    var isAlias = false
  }

  /// What the unit `symbol` measures.
  static func noun(of symbol: String) -> String {
    switch symbol {
    case "V": "a voltage"
    case "A": "a current"
    case "Ah": "a charge"
    case "s": "a time"
    case "degC": "a temperature"
    case "K": "a temperature difference"
    case "W": "a power"
    case "Ohm": "a resistance"
    case "K/s", "V/s", "A/s": "a rate of change"
    case "J/K": "a heat capacity"
    case "": "a fraction"
    default: "a quantity"
    }
  }

  /// The units that a quantity with `symbol` may be written in.
  static func units(of symbol: String) -> [Unit] {
    switch symbol {
    case "V", "A", "W":
      [
        Unit(name: symbol, factor: 1), Unit(name: "m\(symbol)", factor: 1e-3),
        Unit(name: "u\(symbol)", factor: 1e-6, isAlias: true),
        Unit(name: "k\(symbol)", factor: 1e3, isAlias: true),
      ]
    case "Ah":
      [
        Unit(name: "Ah", factor: 1), Unit(name: "mAh", factor: 1e-3),
        Unit(name: "A.h", factor: 1, isAlias: true),
      ]
    case "s":
      [
        Unit(name: "us", factor: 1e-6, isAlias: true), Unit(name: "ms", factor: 1e-3),
        Unit(name: "s", factor: 1), Unit(name: "min", factor: 60), Unit(name: "h", factor: 3600),
      ]
        + ["sec", "second", "seconds"].map { Unit(name: $0, factor: 1, isAlias: true) }
        + ["minute", "minutes"].map { Unit(name: $0, factor: 60, isAlias: true) }
        + ["hr", "hour", "hours"].map { Unit(name: $0, factor: 3600, isAlias: true) }
    case "degC": [Unit(name: "degC", factor: 1), Unit(name: "°C", factor: 1, isAlias: true)]
    case "K": [Unit(name: "K", factor: 1), Unit(name: "mK", factor: 1e-3)]
    case "Ohm":
      [
        Unit(name: "Ohm", factor: 1), Unit(name: "mOhm", factor: 1e-3),
        Unit(name: "Ω", factor: 1, isAlias: true), Unit(name: "mΩ", factor: 1e-3, isAlias: true),
      ]
    case "K/s", "V/s", "A/s":
      [
        Unit(name: symbol, factor: 1), Unit(name: "m\(symbol)", factor: 1e-3),
        Unit(name: "\(symbol.prefix(1))/min", factor: 1.0 / 60),
        Unit(name: "m\(symbol.prefix(1))/min", factor: 1e-3 / 60, isAlias: true),
      ]
    case "": [Unit(name: "%", factor: 1e-2), Unit(name: "", factor: 1, isAlias: true)]
    default: [Unit(name: symbol, factor: 1)]
    }
  }
}
