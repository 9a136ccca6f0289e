/// One measured figure of a commissioning or a proof: what, how much, what is allowed.
public struct Finding: Sendable, Hashable, Codable {
  /// What was measured, in words that a person at the bench understands.
  public var what: String
  /// How much; nil: nothing came, which never passes.
  public var value: Double?
  /// Unit of the figures.
  public var unit: String
  /// Lowest value that is right; nil: none.
  public var low: Double?
  /// Highest value that is right; nil: none.
  public var high: Double?
  /// What a value outside means, for the error line; empty: nothing beyond the figures.
  public var meaning: String
  /// When it was measured, in words.
  public var stage = ""

  /// A finding from its parts. A value that is not finite counts as none.
  public init(
    _ what: String, _ value: Double?, _ unit: String, from low: Double? = nil,
    to high: Double? = nil, meaning: String = ""
  ) {
    self.what = what
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.unit = unit
    self.low = low
    self.high = high
    self.meaning = meaning
  }

  /// Whether the figure is there and within its bounds.
  public var passed: Bool {
    guard let value else { return false }
    return value >= low ?? -.infinity && value <= high ?? .infinity
  }
}

extension Finding: CustomStringConvertible {
  /// As in `cell voltage: 3.712 V, allowed 2 to 4.25 V`.
  public var description: String {
    let unit = unit.isEmpty ? "" : " \(unit)"
    let seen = value.map { "\(Self.rounded($0))\(unit)" } ?? "no reading"
    let text = "\(what): \(seen), allowed \(allowed)\(unit)"
    return passed || meaning.isEmpty ? text : "\(text): \(meaning)"
  }

  private var allowed: String {
    switch (low, high) {
    case (let low?, let high?) where low == high: "\(Self.rounded(low))"
    case (let low?, let high?): "\(Self.rounded(low)) to \(Self.rounded(high))"
    case (let low?, nil): "\(Self.rounded(low)) or more"
    case (nil, let high?): "at most \(Self.rounded(high))"
    case (nil, nil): "anything"
    }
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
}
