/// Which cell model is integrated.
public enum CellModelName: String, Sendable, CaseIterable {
  /// Single particle model: the salt stays uniform.
  case spm
  /// Single particle model with electrolyte.
  case spme
  /// Doyle-Fuller-Newman model.
  case dfn
}
