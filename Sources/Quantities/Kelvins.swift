/// A temperature difference; absolute temperatures at boundaries are `Celsius`.
public struct Kelvins: Quantity {
  /// The unit.
  public static let symbol = "K"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
