/// Electric potential difference.
public struct Volts: Quantity {
  /// The unit.
  public static let symbol = "V"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
