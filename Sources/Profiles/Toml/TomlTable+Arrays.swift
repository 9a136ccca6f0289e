extension TomlTable {
  /// The raw value under `key`, consumed with all that is in it, or nil when the key is absent.
  /// For shapes that no other accessor knows.
  public func value(ifPresent key: String) -> TomlValue? { entry(key)?.value }

  /// The elements under `key`: an array's, or one value alone as an array of one. Nil when absent.
  func elements(_ key: String) -> [TomlValue]? {
    guard let entry = entry(key) else { return nil }
    if case .array(let values) = entry.value.content { return values }
    return [entry.value]
  }

  /// The strings under `key`: an array, or one string alone. Empty strings are refused.
  public func strings(_ key: String) throws(ProfileError) -> [String] {
    guard let strings = try strings(ifPresent: key) else { throw missing(key, "strings") }
    return strings
  }

  /// The strings under `key`, or nil when the key is absent.
  public func strings(ifPresent key: String) throws(ProfileError) -> [String]? {
    guard let values = elements(key) else { return nil }
    var strings: [String] = []
    for (index, value) in values.enumerated() {
      guard case .string(let text) = value.content, !text.isEmpty else {
        throw error(key, index, at: value, "a string is wanted")
      }
      strings.append(text)
    }
    return strings
  }

  /// The integers under `key`, each within `range`: an array, or one integer alone.
  public func integers(
    _ key: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(ProfileError) -> [Int] {
    guard let numbers = try integers(ifPresent: key, in: range) else {
      throw missing(key, "integers")
    }
    return numbers
  }

  /// The integers under `key`, each within `range`, or nil when the key is absent.
  public func integers(
    ifPresent key: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(ProfileError) -> [Int]? {
    guard let values = elements(key) else { return nil }
    var numbers: [Int] = []
    for (index, value) in values.enumerated() {
      guard case .integer(let number) = value.content else {
        throw error(key, index, at: value, "an integer is wanted")
      }
      guard range.contains(number) else {
        throw error(
          key, index, at: value, "\(range.lowerBound) to \(range.upperBound) is allowed")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The finite numbers under `key`: an array, or one number alone. Nil when the key is absent.
  public func numbers(ifPresent key: String) throws(ProfileError) -> [Double]? {
    guard let values = elements(key) else { return nil }
    var numbers: [Double] = []
    for (index, value) in values.enumerated() {
      guard let number = value.asNumber, number.isFinite else {
        throw error(key, index, at: value, "a finite number is wanted")
      }
      numbers.append(number)
    }
    return numbers
  }
}
