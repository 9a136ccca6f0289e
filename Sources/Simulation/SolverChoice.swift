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

  /// Keeps voltage within about 0.1 mV of the limit of small steps.
  public static let defaultRelativeTolerance = 1e-6

  /// A choice from its parts.
  public init(
    model: CellModelName, mesh: SPMe.MeshName = .standard, thermal: SPMe.Thermal = .isothermal,
    relativeTolerance: Double = Self.defaultRelativeTolerance
  ) {
    self.model = model
    self.mesh = mesh
    self.thermal = thermal
    self.relativeTolerance = relativeTolerance
  }
}
