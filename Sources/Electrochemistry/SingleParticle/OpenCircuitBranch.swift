/// Which of a cell's open-circuit curves hold: materials with hysteresis show one while they take
/// lithium up and another while they give it off.
public enum OpenCircuitBranch: Sendable, Hashable {
  /// The curves between, before any current has flowed.
  case mean
  /// The negative electrode lithiates, the positive delithiates.
  case charge
  /// The other way round.
  case discharge

  /// The branch that a current, A, is on; nil at zero.
  @inline(__always)
  init?(current: Double) {
    if current > 0 { self = .charge } else if current < 0 { self = .discharge } else { return nil }
  }
}
