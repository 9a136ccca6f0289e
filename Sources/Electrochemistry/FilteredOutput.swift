/// The outputs that `SPMe.lineariseOutputs` differentiates, in the order of its rows.
public enum FilteredOutput: Int, Sendable, CaseIterable {
  /// V.
  case voltage
  /// K.
  case temperature
  /// V.
  case negativePotentialAtSeparator
  /// 0 to 1.
  case stateOfCharge
  /// 0 to 1.
  case negativeSurfaceStoichiometry
  /// 0 to 1.
  case positiveSurfaceStoichiometry
}
