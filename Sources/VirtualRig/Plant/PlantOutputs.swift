/// The truth about the cell at one instant. Current positive when it charges.
struct PlantOutputs {
  /// At the tabs, V.
  var voltage = 0.0
  /// degC.
  var temperature = 0.0
  var stateOfCharge = 0.0
  /// V.
  var openCircuitVoltage = 0.0
  /// V, against lithium at the separator.
  var negativePotentialAtSeparator = 0.0
  var negativeSurfaceStoichiometry = 0.0
  var positiveSurfaceStoichiometry = 0.0
  /// mol/m3.
  var electrolyteNegativeEnd = 0.0
  /// mol/m3.
  var electrolytePositiveEnd = 0.0
  /// W.
  var heatOhmic = 0.0
  /// W.
  var heatIrreversible = 0.0
  /// W.
  var heatReversible = 0.0
}
