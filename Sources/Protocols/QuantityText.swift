public import Quantities

/// Numbers with units as a person writes them: `4.2 V`, `500 ms`, `80 %`, `0..25 degC`.
///
/// Units are case-sensitive; the space before the unit is optional. Not-a-number, infinity and
/// hexadecimal are refused.
public enum QuantityText {
  /// `text` as a quantity, or nil when it is no number with one of the quantity's units.
  public static func parse<Q: Quantity>(_ text: some StringProtocol, as: Q.Type = Q.self) -> Q? {
    guard let (number, rest) = leadingNumber(trim(text)) else { return nil }
    return scale(number, unit: trim(rest))
  }

  /// `from..to unit` as two ascending quantities, or nil.
  public static func parseRange<Q: Quantity>(
    _ text: some StringProtocol, as: Q.Type = Q.self
  ) -> (from: Q, to: Q)? {
    guard let (from, rest) = leadingNumber(trim(text)), rest.hasPrefix(".."),
      let (to, tail) = leadingNumber(rest.dropFirst(2)),
      let low: Q = scale(from, unit: trim(tail)), let high: Q = scale(to, unit: trim(tail)),
      low < high
    else { return nil }
    return (low, high)
  }

  /// What is allowed, for an error line: `a voltage in V, mV or kV`.
  public static func wanted<Q: Quantity>(_: Q.Type) -> String {
    let units = units(of: Q.symbol)
    let names = units.filter { !$0.isAlias }.map(\.name)
    let list =
      names.count < 2 ? names : [names.dropLast().joined(separator: ", "), names.last ?? ""]
    return "\(noun(of: Q.symbol)) in \(list.joined(separator: " or "))"
  }

  static func scale<Q: Quantity>(_ number: Double, unit: Substring) -> Q? {
    guard let match = units(of: Q.symbol).first(where: { $0.name == unit }) else { return nil }
    // Dividing by 1000 is exact where multiplying by 0.001 is not.
    let value = match.factor < 1 ? number / (1 / match.factor) : number * match.factor
    return value.isFinite ? Q(value) : nil
  }

  /// The decimal number that `text` starts with, and what follows; nil when it starts otherwise.
  /// `0..25` yields 0 and `..25`.
  static func leadingNumber(_ text: Substring) -> (Double, Substring)? {
    var rest = text
    func digits() -> Int {
      let run = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(run.count)
      return run.count
    }
    if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
    var count = digits()
    if rest.first == ".", let next = rest.dropFirst().first, ("0"..."9").contains(next) {
      rest = rest.dropFirst()
      count += digits()
    }
    guard count > 0 else { return nil }
    if rest.first == "e" || rest.first == "E" {
      let before = rest
      rest = rest.dropFirst()
      if let sign = rest.first, sign == "+" || sign == "-" { rest = rest.dropFirst() }
      if digits() == 0 { rest = before }
    }
    guard let number = Double(text[..<rest.startIndex]), number.isFinite else { return nil }
    return (number, rest)
  }

  static func trim(_ text: some StringProtocol) -> Substring {
    var text = Substring(text)
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return text
  }
}
