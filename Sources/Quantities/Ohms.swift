/// Electric resistance.
public struct Ohms: Quantity {
  public static let symbol = "Ohm"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
