/// A quantity that ends a run where it reaches a bound.
public struct StopCondition: Sendable, Hashable {
  /// What is watched.
  public enum Quantity: Sendable, Hashable {
    /// Terminal voltage, V.
    case voltage
    /// Magnitude of the current, A.
    case currentMagnitude
    /// Current with its sign, A, positive = charge.
    case current
    /// Cell temperature, K.
    case temperature
    /// Surface stoichiometry, averaged over the electrode.
    case negativeSurfaceStoichiometry
    /// Surface stoichiometry, averaged over the electrode.
    case positiveSurfaceStoichiometry
    /// phi_s - phi_e at the separator, V.
    case negativePotentialAtSeparator
    /// Magnitude of the charge moved since the run began, A h.
    case chargeMoved
    /// State of charge, 0..1.
    case stateOfCharge
  }

  /// Which side of the bound ends the run.
  public enum Side: Sendable, Hashable { case atLeast, atMost }

  /// What is watched.
  public var quantity: Quantity
  /// Which side ends the run.
  public var side: Side
  /// In the quantity's unit.
  public var bound: Double

  /// Ends the run when `quantity` is at least, or at most, `bound`.
  public init(_ quantity: Quantity, _ side: Side, _ bound: Double) {
    self.quantity = quantity
    self.side = side
    self.bound = bound
  }
}
