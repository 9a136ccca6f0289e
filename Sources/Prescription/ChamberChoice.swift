public import Quantities

/// Set-points of the chamber that a charge may choose among: the second thing, beside the current, that decides
/// how soon a cold cell is full.
public struct ChamberChoice: Sendable, Hashable {
  /// At least one.
  public var setPoints: [Celsius]
  /// In which the air comes nearer to a new set-point by 63 %.
  public var timeConstant: Seconds

  /// A choice from its parts.
  public init(setPoints: [Celsius], timeConstant: Seconds) {
    self.setPoints = setPoints
    self.timeConstant = timeConstant
  }
}
