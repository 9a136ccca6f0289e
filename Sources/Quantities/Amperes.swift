/// Electric current, positive when it charges the cell.
public struct Amperes: Quantity {
  /// The unit.
  public static let symbol = "A"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
