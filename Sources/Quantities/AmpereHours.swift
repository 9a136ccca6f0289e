/// Charge, positive when it entered the cell.
public struct AmpereHours: Quantity {
  /// The unit.
  public static let symbol = "Ah"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
