import Electrochemistry

/// A model on a mesh with a tolerance: our side of a row.
enum ModelSettings: CustomStringConvertible {
  /// `electrode` cells in each, `separator` cells between; `tolerance` as in `SingleParticleSolver`.
  case spme(
    shells: Int, stretch: Double, electrode: Int, separator: Int, tolerance: Double)
  /// `tolerance` as in `DFNSolver`.
  case dfn(DFNMesh, tolerance: Double)

  func solver(_ cell: CellParameters) throws -> any CellSolver {
    switch self {
    case .spme(let shells, let stretch, let electrode, let separator, let tolerance):
      let size = SPMe.MeshSize(
        shells: shells, stretch: stretch, negative: electrode, separator: separator,
        positive: electrode, electrolyteStretch: 0.5)
      return try SingleParticleSolver(
        SPMe(cell, size: size, thermal: .isothermal, longestSubstep: 1),
        relativeTolerance: tolerance)
    case .dfn(let mesh, let tolerance):
      return DFNSolver(
        cell, size: mesh, thermal: .isothermal, relativeTolerance: tolerance)
    }
  }

  var description: String {
    switch self {
    case .spme(let shells, let stretch, let electrode, let separator, let tolerance):
      "\(electrode)/\(separator)/\(electrode) cells, \(shells) shells graded \(stretch), "
        + "tolerance \(tolerance)"
    case .dfn(let mesh, let tolerance):
      "\(Self.text(mesh)), tolerance \(tolerance)"
    }
  }

  static func text(_ mesh: DFNMesh) -> String {
    "\(mesh.electrode)/\(mesh.separator)/\(mesh.electrode) cells, \(mesh.shells) shells graded "
      + "\(mesh.stretch)"
  }
}

extension ModelSettings {
  static let fineSPMe = ModelSettings.spme(
    shells: 120, stretch: 4, electrode: 80, separator: 40, tolerance: 1e-8)
  static let fineDFN = ModelSettings.dfn(
    DFNMesh(shells: 80, stretch: 3, electrode: 128, grading: 0, separator: 32), tolerance: 1e-6)
}
