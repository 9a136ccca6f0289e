/// A quantity left the range in which the cell model can go on. The state was not changed.
public struct ModelError: Error, CustomStringConvertible, Equatable {
  /// What was out of range, in words, as in `negative surface stoichiometry`.
  public let quantity: String
  /// Its value, in `unit`.
  public let value: Double
  /// Its unit; empty for a pure number.
  public let unit: String
  /// What is allowed, as in `0 to 1`.
  public let bound: String

  /// An error about one quantity.
  public init(quantity: String, value: Double, unit: String, bound: String) {
    self.quantity = quantity
    self.value = value
    self.unit = unit
    self.bound = bound
  }

  /// One line: quantity, value, unit, bound.
  public var description: String {
    "\(quantity) is \(value)\(unit.isEmpty ? "" : " " + unit), allowed: \(bound)"
  }
}
