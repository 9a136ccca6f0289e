/// Electric resistance.
public struct Ohms: Quantity {
  /// The ohm.
  public static let symbol = "Ohm"
  /// Magnitude, ohm.
  public let value: Double
  /// From a magnitude in ohm.
  public init(_ value: Double) { self.value = value }
}
