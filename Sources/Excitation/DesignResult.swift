public import Identification

/// A plan, what it is worth, and what others would be.
public struct DesignResult: Sendable {
  /// Another excitation of equal time within the same limits.
  public struct Comparison: Sendable {
    /// As in `GITT`.
    public var name: String
    /// By the criterion.
    public var value: Double
    /// Standard deviations of ln of the factors, in the order of the parameters.
    public var sds: [Double]
    /// Share of its currents that the limits left.
    public var scale: Double
  }

  /// Why a stretch is there.
  public struct Reason: Sendable {
    /// Position in the plan.
    public var segment: Int
    /// How much the criterion loses without it: ln of standard deviation.
    public var loss: Double
    /// The parameter that would suffer most.
    public var parameter: IdentifiedParameter
    /// Factor on its standard deviation.
    public var factor: Double
  }

  /// Neighbours of one current in one stretch; rounded to what the instruments can set.
  public var plan: ExcitationPlan
  /// Of the plan.
  public var evaluation: DesignEvaluation
  /// Standard deviations of ln of the factors, in the order of the parameters.
  public var sds: [Double]
  /// The library's, at equal time and limits.
  public var comparisons: [Comparison]
  /// One for each stretch that has a current or matters.
  public var reasons: [Reason]
  /// Which excitation of the library the best was grown from.
  public var grownFrom: String
  /// Plans judged.
  public var evaluations: Int
}
