/// Electric current, positive when it charges the cell.
public struct Amperes: Quantity {
  public static let symbol = "A"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
