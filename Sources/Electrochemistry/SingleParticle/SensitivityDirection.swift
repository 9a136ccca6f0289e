/// What a voltage is differentiated by.
public enum SensitivityDirection: Sendable, Hashable {
  /// ln of a factor on a parameter, V.
  case parameter(ParameterName)
  /// Stoichiometry of the negative electrode at the start, V.
  case negativeStoichiometry
  /// Stoichiometry of the positive electrode at the start, V.
  case positiveStoichiometry
  /// State of charge at the start (both stoichiometries, between the cell's limits), V.
  case stateOfCharge
  /// A current added throughout, V/A.
  case current
}
