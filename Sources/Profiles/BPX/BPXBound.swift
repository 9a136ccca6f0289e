/// What a number may be, in code and in words.
struct BPXBound: Sendable {
  let words: String
  let contains: @Sendable (Double) -> Bool

  static func positive(to largest: Double, _ unit: String = "") -> BPXBound {
    BPXBound(words: "above 0, to \(largest)\(unit)") { $0 > 0 && $0 <= largest }
  }

  static func from(_ least: Double, to largest: Double, _ unit: String = "") -> BPXBound {
    BPXBound(words: "\(least) to \(largest)\(unit)") { $0 >= least && $0 <= largest }
  }

  static let fraction = BPXBound(words: "above 0, to 1") { $0 > 0 && $0 <= 1 }
  static let temperature = from(200, to: 400, " K")
  static let activationEnergy = from(-300_000, to: 300_000, " J/mol")
  /// Lengths of cell parts.
  static let length = positive(to: 0.01, " m")
}
