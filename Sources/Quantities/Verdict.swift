/// What the envelope says of a sample.
public enum Verdict: Sendable, Hashable {
  /// Every rule holds.
  case ok
  /// One does not; the bench goes safe and latches.
  case trip(Trip)
}
