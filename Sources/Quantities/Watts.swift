/// Power, positive when it charges the cell.
public struct Watts: Quantity {
  /// The unit.
  public static let symbol = "W"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
