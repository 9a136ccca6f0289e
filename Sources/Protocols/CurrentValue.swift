public import Quantities

/// A current as written: in amperes, or as a multiple of the cell's nominal capacity per hour.
public enum CurrentValue: Sendable, Hashable, CustomStringConvertible {
  /// In amperes, positive when it charges.
  case amperes(Amperes)
  /// As a C-rate, positive when it charges.
  case rate(Double)

  /// Reads `2 A`, `500 mA`, `0.5C`, `0.5 C`, `C/3` or `-C/3`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let text = QuantityText.trim(text)
    let unsigned = text.first == "-" ? text.dropFirst() : text
    if unsigned.hasPrefix("C/") {
      guard let (divisor, rest) = QuantityText.leadingNumber(unsigned.dropFirst(2)),
        rest.isEmpty, divisor > 0, (1 / divisor).isFinite
      else { return nil }
      self = .rate((text.first == "-" ? -1 : 1) / divisor)
    } else if let (number, rest) = QuantityText.leadingNumber(text), QuantityText.trim(rest) == "C"
    {
      self = .rate(number)
    } else if let amperes = QuantityText.parse(text, as: Amperes.self) {
      self = .amperes(amperes)
    } else {
      return nil
    }
  }

  /// What is allowed, for an error line.
  public static let wanted = "a current in A, mA or as a C-rate (\"2 A\", \"0.5C\", \"C/3\")"

  /// In amperes, for a cell of nominal capacity `capacity`.
  public func amperes(nominal capacity: AmpereHours) -> Amperes {
    switch self {
    case .amperes(let current): current
    case .rate(let rate): Amperes(rate * capacity.value)
    }
  }

  /// The bare number with its sign: amperes, or C-rate.
  public var number: Double {
    switch self {
    case .amperes(let current): current.value
    case .rate(let rate): rate
    }
  }

  /// The same value, negated.
  public static prefix func - (value: Self) -> Self {
    switch value {
    case .amperes(let current): .amperes(-current)
    case .rate(let rate): .rate(-rate)
    }
  }

  /// As in `2.0 A` or `0.5C`.
  public var description: String {
    switch self {
    case .amperes(let current): "\(current)"
    case .rate(let rate): "\(rate)C"
    }
  }
}
