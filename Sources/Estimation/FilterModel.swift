/// Which cell model a filter carries.
public enum FilterModel: String, Sendable, CaseIterable, Hashable {
  /// Single particle model with electrolyte.
  case spme
  /// Doyle, Fuller and Newman's; without derivatives, so not for an extended filter.
  case dfn
}
