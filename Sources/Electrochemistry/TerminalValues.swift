import Kernels

/// `CellOutputs` with derivatives.
struct TerminalValues<S: Scalar> {
  var voltage: S
  var temperature: S
  var negativePotentialAtSeparator: S
  var negativeSurfaceStoichiometry: S
  var positiveSurfaceStoichiometry: S
  var stateOfCharge: S
}
