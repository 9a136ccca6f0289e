/// Why a run ended.
public enum RunEnd: Sendable, Hashable {
  /// Its duration was over.
  case duration
  /// The stop condition with this index was met first.
  case stop(Int)
}
