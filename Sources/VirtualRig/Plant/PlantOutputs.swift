/// The truth about the cell at one instant. Current positive when it charges.
package struct PlantOutputs {
  /// At the tabs, V.
  package var voltage = 0.0
  /// degC.
  package var temperature = 0.0
  package var stateOfCharge = 0.0
  /// V.
  package var openCircuitVoltage = 0.0
  /// V, against lithium at the separator.
  package var negativePotentialAtSeparator = 0.0
  package var negativeSurfaceStoichiometry = 0.0
  package var positiveSurfaceStoichiometry = 0.0
  /// mol/m3.
  package var electrolyteNegativeEnd = 0.0
  /// mol/m3.
  package var electrolytePositiveEnd = 0.0
  /// W.
  package var heatOhmic = 0.0
  /// W.
  package var heatIrreversible = 0.0
  /// W.
  package var heatReversible = 0.0
}
