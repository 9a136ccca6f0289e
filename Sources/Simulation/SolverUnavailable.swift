/// A model that this version cannot integrate.
public struct SolverUnavailable: Error, Sendable, Hashable, CustomStringConvertible {
  /// The model that was asked for.
  public var model: CellModelName

  /// One line, as the command says it.
  public var description: String { "--model \(model.rawValue): not in this version; spme is" }
}
