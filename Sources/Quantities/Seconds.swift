/// A time on the run's pace clock, or a duration, as the name at hand says.
public struct Seconds: Quantity {
  /// The unit.
  public static let symbol = "s"
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
