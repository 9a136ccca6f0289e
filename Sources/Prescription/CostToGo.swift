/// What is still to be paid after a horizon: the cost of riding from there to the target, about the state
/// that riding would have reached. Bellman's equation with the ride as base policy: a horizon that ends in it
/// is never dearer than the ride, for the model (`bench-docs/theory.md`).
public struct CostToGo: Sendable, Hashable {
  /// The ride's own whole cost from now on, s.
  public var total: Double
  /// More charge at the horizon's end saves this, s per unit of state of charge; positive.
  public var perCharge: Double
  /// A warmer cell at the horizon's end costs this, s/K; negative where warmth speeds the charge up.
  public var perKelvin: Double

  /// A linear cost to go.
  public init(total: Double, perCharge: Double, perKelvin: Double) {
    self.total = total
    self.perCharge = perCharge
    self.perKelvin = perKelvin
  }
}
