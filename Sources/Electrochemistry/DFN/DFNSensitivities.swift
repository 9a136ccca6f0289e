import Kernels

// Goals, in order: 1. the derivative of the numbers computed (the steps' own, not of another
// discretisation); 2. one factorisation serves all directions; 3. any parameter without writing
// its derivative: what a parameter does to the equations themselves is a central difference of
// smooth arithmetic, good to 1e-9. Oracle: central differences of whole runs in the same steps.

/// Voltage and separator potential of a DFN with their derivatives by parameters, start and
/// current: staggered-direct forward sensitivities through the steps of `DFNSolver`.
///
/// Every stage solves C (Y - Y_known) = gh F(Y, theta) and 0 = g(Y, theta); its derivative is linear
/// with the stage's own matrix: (C - gh F_y) S = C S_known + [gh F - C (Y - Y_known)]_theta. The
/// bracket is differenced at a fixed Y. T. Maly, L. R. Petzold, Appl. Numer. Math. 20 (1996) 57
/// (staggered); M. Caracotsios, W. E. Stewart, Comput. Chem. Eng. 9 (1985) 359.
public final class DFNSensitivities {
  /// What is differentiated by.
  public let directions: [SensitivityDirection]
  let solver: DFNSolver
  let base: DFNCoefficients
  let tracks: [DFNSensitivityTrack]
  let shifted: LaneArray
  /// No step of the salt.
  let still: LaneArray

  /// - Parameter relativeTolerance: as in `DFNSolver`.
  /// - Throws: for lumped heat, which this version does not differentiate.
  public convenience init(
    _ parameters: CellParameters, mesh: SPMe.MeshName, thermal: SPMe.Thermal,
    directions: [SensitivityDirection], relativeTolerance: Double = 2e-5
  ) throws(ModelError) {
    guard thermal == .isothermal else {
      throw ModelError(
        quantity: "thermal model of DFN sensitivities", value: 1, unit: "(lumped)",
        bound: "isothermal")
    }
    self.init(
      parameters, size: mesh.dfn, directions: directions, relativeTolerance: relativeTolerance)
  }

  package init(
    _ parameters: CellParameters, size: DFNMesh, directions: [SensitivityDirection],
    relativeTolerance: Double
  ) {
    let solver = DFNSolver(
      parameters, size: size, thermal: .isothermal, relativeTolerance: relativeTolerance)
    self.directions = directions
    self.solver = solver
    base = solver.system.coefficients
    tracks = directions.map { DFNSensitivityTrack($0, parameters, solver) }
    shifted = LaneArray(solver.y.count)
    still = LaneArray(solver.system.layout.blocks)
  }
}
