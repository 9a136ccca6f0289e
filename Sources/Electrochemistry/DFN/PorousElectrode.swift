import Kernels

// Goals, in order: 1. charge and lithium conserved to rounding, whatever Newton's state (the
// unknown is the ionic current at the faces, so that the reaction is its difference); 2. second
// order in x and r; 3. eight cells of x in one lane, no allocation. Oracles: manufactured
// solutions (verification suite), fixtures/reference.

/// One electrode of a DFN, in its own coordinate from the current collector to the separator; the
/// positive electrode is the mirror image, so both are this code.
///
/// Unknowns: stoichiometry of every shell of the particle in every cell (shell-major, cells in
/// lanes), salt concentration over c0 in every cell, ionic current density (A/m2, positive
/// towards the separator) at the right face of every cell. The pore-wall reaction is
/// a F j = (i_right - i_left) / h, A/m3, positive when lithium leaves the particles. The potential
/// difference Delta = phi_s - phi_e of a cell is explicit in these, U(x_s) + eta(a F j); what is
/// left to solve at a face is Ohm's law for both phases,
/// Delta' = -(i_total - i_e)/sigma + i_e/kappa - chi (ln c)'.
final class PorousElectrode {
  /// Cells of x, and lanes that hold them.
  let count: Int
  let blocks: Int
  let particle: ParticleMesh
  var shells: Int { particle.count }
  /// Cell widths as parts of the thickness.
  let relativeWidths: [Double]
  let isConstantDiffusivity: Bool

  let functions: ModelFunctions.Electrode
  /// Of the open-circuit potential, in force.
  var branch = OpenCircuitBranch.mean
  var coefficients: DFNCoefficients.Electrode
  var hasEntropy: Bool { functions.entropicChange.constant != 0 }

  // Geometry in metres, by cell; padded cells have width 1 and reciprocal 0.
  let width: LaneArray
  let inverseWidth: LaneArray
  /// Half a cell over transport efficiency, m.
  let ionicHalf: LaneArray
  /// 1 over the widths of both neighbours of a right face, 1/m; 0 at the last.
  let inverseSpan: LaneArray
  /// Between neighbouring cell centres over sigma, Ohm m2, at right faces; 0 at the last.
  let solidFace: LaneArray

  // What `evaluate` leaves behind, by cell.
  /// Ionic current at the faces, A/m2: `faces.numbers[i]` is the left face of cell i.
  let faces: LaneArray
  let reaction: LaneArray
  let surface: LaneArray
  /// dx_s: to the extrapolated mean, to the last shell, to the outflow q.
  let surfaceByMean: LaneArray
  let surfaceByLast: LaneArray
  let surfaceByOutflow: LaneArray
  let overpotential: LaneArray
  let entropy: LaneArray
  let difference: LaneArray
  /// dDelta: to the surface stoichiometry, to the reaction, to the salt.
  let differenceBySurface: LaneArray
  let differenceByReaction: LaneArray
  let differenceBySalt: LaneArray
  /// d(shells)/dt times shell volume.
  let shellRates: LaneArray
  /// Outflow per unit of stoichiometry difference at the shells' inner faces, and its two slopes.
  let shellConductance: LaneArray
  let shellSlope: LaneArray
  let salt: SaltProperties
  /// c / c0 as evaluated.
  let saltLevels: LaneArray
  /// Residual of Ohm's law at right faces, V.
  let faceResidual: LaneArray
  /// Half-cell resistances of neighbours in series at right faces, Ohm m2.
  let ionicFace: LaneArray
  /// Salt flux over c0 through right faces, m/s.
  let saltFlux: LaneArray

  /// What a stoichiometry's error costs, V; set by `factor`.
  var voltageWeight = 1.0

  let elimination: ElectrodeElimination
  let settling: FaceElimination

  init(
    _ functions: ModelFunctions.Electrode, coefficients: DFNCoefficients.Electrode,
    mesh: DFNMesh
  ) {
    self.functions = functions
    self.coefficients = coefficients
    count = mesh.electrode
    blocks = (mesh.electrode + 7) / 8
    particle = ParticleMesh(count: mesh.shells, stretch: mesh.stretch)
    relativeWidths = mesh.widths
    isConstantDiffusivity = functions.diffusivity.constant != nil
    let lanes = blocks
    func byCell(_ value: Double = 0) -> LaneArray { LaneArray(lanes, repeating: value) }
    let byShell = blocks * mesh.shells
    width = byCell(1)
    inverseWidth = byCell()
    ionicHalf = byCell(1)
    inverseSpan = byCell()
    solidFace = byCell()
    faces = LaneArray(blocks + 1)
    reaction = byCell()
    surface = byCell(0.5)
    surfaceByMean = byCell(1)
    surfaceByLast = byCell()
    surfaceByOutflow = byCell()
    overpotential = byCell()
    entropy = byCell()
    difference = byCell()
    differenceBySurface = byCell()
    differenceByReaction = byCell()
    differenceBySalt = byCell()
    shellRates = LaneArray(byShell)
    shellConductance = LaneArray(byShell)
    shellSlope = LaneArray(byShell)
    salt = SaltProperties(blocks: blocks)
    saltLevels = byCell(1)
    faceResidual = byCell()
    ionicFace = byCell()
    saltFlux = byCell()
    elimination = ElectrodeElimination(cells: count, blocks: blocks, shells: mesh.shells)
    settling = FaceElimination(blocks: blocks)
  }

  /// After a change of `coefficients`.
  func setGeometry() {
    let c = coefficients
    for i in 0..<count {
      let h = relativeWidths[i] * c.thickness
      width.numbers[i] = h
      inverseWidth.numbers[i] = 1 / h
      ionicHalf.numbers[i] = 0.5 * h / c.transportEfficiency
    }
    for i in 0..<(count - 1) {
      let span = width.numbers[i] + width.numbers[i + 1]
      inverseSpan.numbers[i] = 1 / span
      solidFace.numbers[i] = 0.5 * span / c.conductivity
    }
  }
}
