/// A time on the run's pace clock, or a duration, as the name at hand says.
public struct Seconds: Quantity {
  public static let symbol = "s"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
