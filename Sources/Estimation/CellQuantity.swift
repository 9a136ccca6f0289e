/// Outputs of a cell's filter, in the order of `AugmentedSPMe.measure`; thermometers follow.
enum CellQuantity: Int, CaseIterable {
  /// V, offsets and discrepancy included.
  case voltage
  /// K.
  case temperature
  /// phi_s - phi_e, V, offset included.
  case negativePotentialAtSeparator
  /// 0..1.
  case stateOfCharge
  /// Stoichiometry.
  case negativeSurfaceStoichiometry
  /// Stoichiometry.
  case positiveSurfaceStoichiometry

  /// Output index of thermometer `number`, from 0.
  static func thermometer(_ number: Int) -> Int { allCases.count + number }
}
