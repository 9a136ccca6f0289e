/// A temperature difference; absolute temperatures at boundaries are `Celsius`.
public struct Kelvins: Quantity {
  public static let symbol = "K"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
