/// Charge, positive when it entered the cell.
public struct AmpereHours: Quantity {
  public static let symbol = "Ah"
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
