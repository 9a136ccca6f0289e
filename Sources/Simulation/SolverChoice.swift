public import Electrochemistry

/// Which solver integrates a cell, and how finely.
public struct SolverChoice: Sendable, Hashable {
  /// The equations.
  public var model: CellModelName
  /// How finely space is cut.
  public var mesh: SPMe.MeshName
  /// Whether the temperature moves.
  public var thermal: SPMe.Thermal
  /// Of the time integration.
  public var relativeTolerance: Double

  /// Keeps voltage within a few hundredths of a millivolt of the limit of small steps: for the
  /// single-particle models relative to their states, for the DFN a step's error in volts.
  public static func defaultTolerance(_ model: CellModelName) -> Double {
    model == .dfn ? 2e-5 : 1e-6
  }

  /// A choice from its parts.
  ///
  /// - Parameter relativeTolerance: nil for the model's own default.
  public init(
    model: CellModelName, mesh: SPMe.MeshName = .standard, thermal: SPMe.Thermal = .isothermal,
    relativeTolerance: Double? = nil
  ) {
    self.model = model
    self.mesh = mesh
    self.thermal = thermal
    self.relativeTolerance = relativeTolerance ?? Self.defaultTolerance(model)
  }
}
