/// Electric potential difference.
public struct Volts: Quantity {
  public static let symbol = "V"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
