public import Quantities

/// The current for the next control period and the bound that it rides.
public struct ChargeDecision: Sendable, Hashable {
  /// Which bound is active.
  public enum Binding: String, Sendable, Hashable, CaseIterable {
    /// The largest current allowed.
    case current
    /// Predicted voltage.
    case voltage
    /// Predicted temperature.
    case temperature
    /// Predicted negative electrode potential at the separator, less its confidence band.
    case platingMargin = "plating_margin"
    /// Rising as fast as allowed.
    case riseRate = "rise_rate"
    /// State of charge reached: finished.
    case target
    /// No bound: less current costs less.
    case cost
    /// No charge current at all satisfies the bounds, or the model cannot tell: zero.
    case infeasible
  }

  /// What to ask for; never negative.
  public var current: Amperes
  /// What limits it.
  public var binding: Binding
  /// What the model expects at that current; nil when finished or when the model could not tell.
  public var forecast: ChargeForecast?
  /// Model evaluations spent.
  public var evaluations: Int
  /// What else could have been done, with what it would cost more, s; empty where nothing was compared.
  public var alternatives: [Alternative] = []

  /// Another current for the same period.
  public struct Alternative: Sendable, Hashable {
    /// `ride`, `mpc` or `rest`.
    public var name: String
    /// A.
    public var current: Double
    /// Cost above the decision's, s; below 0 only where a bound forbids it.
    public var extraCost: Double

    /// From its parts.
    public init(name: String, current: Double, extraCost: Double) {
      self.name = name
      self.current = current
      self.extraCost = extraCost
    }
  }

  /// A decision from its parts.
  public init(
    current: Amperes, binding: Binding, forecast: ChargeForecast?, evaluations: Int
  ) {
    self.current = current
    self.binding = binding
    self.forecast = forecast
    self.evaluations = evaluations
  }
}
