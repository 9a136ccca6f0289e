/// Temperature on the Celsius scale.
public struct Celsius: Quantity {
  public static let symbol = "degC"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
