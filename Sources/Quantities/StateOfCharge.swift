/// Fraction of the usable charge, 0 to 1, linear in stoichiometry between the cell's limits (BPX).
public struct StateOfCharge: Quantity {
  /// The unit.
  public static let symbol = ""
  /// The magnitude in that unit.
  public let value: Double
  /// Wraps a magnitude.
  public init(_ value: Double) { self.value = value }
}
