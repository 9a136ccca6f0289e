extension TomlTable {
  /// The string under `key`, not empty.
  public func string(_ key: String) throws(ProfileError) -> String {
    guard let text = try string(ifPresent: key) else { throw missing(key, "a string") }
    return text
  }

  /// The string under `key`, not empty, or nil when the key is absent.
  public func string(ifPresent key: String) throws(ProfileError) -> String? {
    guard let entry = entry(key) else { return nil }
    guard case .string(let text) = entry.value.content else {
      throw error(key, at: entry.value, "a string is wanted")
    }
    guard !text.isEmpty else { throw error(key, at: entry.value, "must not be empty") }
    return text
  }

  /// The integer under `key`, within `range`.
  public func integer(
    _ key: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(ProfileError) -> Int {
    guard let number = try integer(ifPresent: key, in: range) else {
      throw missing(key, "an integer")
    }
    return number
  }

  /// The integer under `key`, within `range`, or nil when the key is absent.
  public func integer(
    ifPresent key: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(ProfileError) -> Int? {
    guard let entry = entry(key) else { return nil }
    guard case .integer(let number) = entry.value.content else {
      throw error(key, at: entry.value, "an integer is wanted")
    }
    guard range.contains(number) else {
      throw error(key, at: entry.value, "\(range.lowerBound) to \(range.upperBound) is allowed")
    }
    return number
  }

  /// The finite number under `key`, an integer or not, within `range`.
  public func number(
    _ key: String,
    in range: ClosedRange<Double> = -.greatestFiniteMagnitude
      ... .greatestFiniteMagnitude
  ) throws(ProfileError) -> Double {
    guard let number = try number(ifPresent: key, in: range) else {
      throw missing(key, "a number")
    }
    return number
  }

  /// The finite number under `key`, an integer or not, within `range`, or nil when the key is
  /// absent.
  public func number(
    ifPresent key: String,
    in range: ClosedRange<Double> = -.greatestFiniteMagnitude
      ... .greatestFiniteMagnitude
  ) throws(ProfileError) -> Double? {
    guard let entry = entry(key) else { return nil }
    guard let number = entry.value.asNumber else {
      throw error(key, at: entry.value, "a number is wanted")
    }
    guard number.isFinite else { throw error(key, at: entry.value, "a finite number is wanted") }
    guard range.contains(number) else {
      throw error(key, at: entry.value, "\(range.lowerBound) to \(range.upperBound) is allowed")
    }
    return number
  }

  /// The boolean under `key`.
  public func bool(_ key: String) throws(ProfileError) -> Bool {
    guard let flag = try bool(ifPresent: key) else { throw missing(key, "true or false") }
    return flag
  }

  /// The boolean under `key`, or nil when the key is absent.
  public func bool(ifPresent key: String) throws(ProfileError) -> Bool? {
    guard let entry = entry(key) else { return nil }
    guard case .bool(let flag) = entry.value.content else {
      throw error(key, at: entry.value, "true or false is wanted")
    }
    return flag
  }

  /// One of the raw values of `Choice` under `key`.
  public func choice<Choice>(_ key: String, of type: Choice.Type = Choice.self)
    throws(ProfileError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let choice = try choice(ifPresent: key, of: type) else {
      let all = type.allCases.map(\.rawValue).joined(separator: ", ")
      throw missing(key, "one of \(all)")
    }
    return choice
  }

  /// One of the raw values of `Choice` under `key`, or nil when the key is absent.
  public func choice<Choice>(ifPresent key: String, of type: Choice.Type = Choice.self)
    throws(ProfileError) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let text = try string(ifPresent: key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let all = type.allCases.map(\.rawValue)
      throw error(
        key,
        "one of \(all.joined(separator: ", ")) is wanted" + Suggestion.hint(for: text, among: all))
    }
    return choice
  }
}

extension TomlValue {
  /// The number, an integer or not; nil for anything else.
  public var asNumber: Double? {
    switch content {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
