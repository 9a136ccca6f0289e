/// How fast a temperature changes.
public struct KelvinsPerSecond: Quantity {
  /// The unit.
  public static let symbol = "K/s"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}

/// How fast a voltage changes.
public struct VoltsPerSecond: Quantity {
  /// The unit.
  public static let symbol = "V/s"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}

/// How fast a current changes.
public struct AmperesPerSecond: Quantity {
  /// The unit.
  public static let symbol = "A/s"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}

/// Heat capacity of a whole cell.
public struct JoulesPerKelvin: Quantity {
  /// The unit.
  public static let symbol = "J/K"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
