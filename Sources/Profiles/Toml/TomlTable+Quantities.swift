public import Protocols
public import Quantities

extension TomlTable {
  /// The quantity under `key`, written with its unit, within `range`.
  public func quantity<Q: Quantity>(
    _ key: String, as type: Q.Type = Q.self, in range: ClosedRange<Q>? = nil
  ) throws(ProfileError) -> Q {
    guard let quantity = try quantity(ifPresent: key, as: type, in: range) else {
      throw missing(key, QuantityText.wanted(type))
    }
    return quantity
  }

  /// The quantity under `key`, or nil when the key is absent.
  public func quantity<Q: Quantity>(
    ifPresent key: String, as type: Q.Type = Q.self, in range: ClosedRange<Q>? = nil
  ) throws(ProfileError) -> Q? {
    guard let entry = entry(key) else { return nil }
    return try quantity(key, nil, at: entry.value, in: range)
  }

  /// The quantities under `key`: an array, or one alone.
  public func quantities<Q: Quantity>(
    _ key: String, as type: Q.Type = Q.self, in range: ClosedRange<Q>? = nil
  ) throws(ProfileError) -> [Q] {
    guard let quantities = try quantities(ifPresent: key, as: type, in: range) else {
      throw missing(key, QuantityText.wanted(type))
    }
    return quantities
  }

  /// The quantities under `key`, or nil when the key is absent.
  public func quantities<Q: Quantity>(
    ifPresent key: String, as type: Q.Type = Q.self, in range: ClosedRange<Q>? = nil
  ) throws(ProfileError) -> [Q]? {
    guard let values = elements(key) else { return nil }
    var quantities: [Q] = []
    for (index, value) in values.enumerated() {
      quantities.append(try quantity(key, index, at: value, in: range))
    }
    return quantities
  }

  /// The interval under `key`, as in `["2.5 V", "4.2 V"]`, ascending.
  public func interval<Q: Quantity>(_ key: String, as type: Q.Type = Q.self)
    throws(ProfileError) -> ClosedRange<Q>
  {
    guard let interval = try interval(ifPresent: key, as: type) else {
      throw missing(key, "[low, high], each \(QuantityText.wanted(type)),")
    }
    return interval
  }

  /// The interval under `key`, or nil when the key is absent.
  public func interval<Q: Quantity>(ifPresent key: String, as type: Q.Type = Q.self)
    throws(ProfileError) -> ClosedRange<Q>?
  {
    guard let bounds = try quantities(ifPresent: key, as: type) else { return nil }
    guard bounds.count == 2, bounds[0] < bounds[1] else {
      throw error(key, "[low, high] with low below high is wanted")
    }
    return bounds[0]...bounds[1]
  }

  /// The current under `key`, in amperes or as a C-rate, or nil when the key is absent.
  public func current(ifPresent key: String) throws(ProfileError) -> CurrentValue? {
    guard let entry = entry(key) else { return nil }
    guard case .string(let text) = entry.value.content, let current = CurrentValue(text) else {
      throw error(key, at: entry.value, "\(CurrentValue.wanted) is wanted")
    }
    return current
  }

  /// The fraction under `key`, `"80 %"` or `0.8`, within 0..1.
  public func stateOfCharge(_ key: String) throws(ProfileError) -> StateOfCharge {
    try quantity(key, in: StateOfCharge(0)...StateOfCharge(1))
  }

  private func quantity<Q: Quantity>(
    _ key: String, _ index: Int?, at value: TomlValue, in range: ClosedRange<Q>?
  ) throws(ProfileError) -> Q {
    let parsed: Q?
    switch value.content {
    case .string(let text): parsed = QuantityText.parse(text)
    // A number without a unit is what it says only where there is no unit.
    default: parsed = Q.symbol.isEmpty ? value.asNumber.map { Q($0) } : nil
    }
    guard let parsed, parsed.isFinite else {
      throw error(key, index, at: value, "\(QuantityText.wanted(Q.self)) is wanted")
    }
    if let range, !range.contains(parsed) {
      let (low, high) = (Self.text(range.lowerBound), Self.text(range.upperBound))
      throw error(key, index, at: value, "\(low) to \(high) is allowed")
    }
    return parsed
  }

  private static func text<Q: Quantity>(_ quantity: Q) -> String {
    Q.symbol.isEmpty ? "\(quantity.value * 100) %" : "\(quantity)"
  }
}
