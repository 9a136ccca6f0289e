/// Power, positive when it charges the cell.
public struct Watts: Quantity {
  public static let symbol = "W"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
