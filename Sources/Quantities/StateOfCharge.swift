/// Fraction of the usable charge, 0 to 1, linear in stoichiometry between the cell's limits (BPX).
public struct StateOfCharge: Quantity {
  public static let symbol = ""
  public let value: Double
  public init(_ value: Double) { self.value = value }
}
