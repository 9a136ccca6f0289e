/// Temperature on the Celsius scale.
public struct Celsius: Quantity {
  /// The unit.
  public static let symbol = "degC"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
