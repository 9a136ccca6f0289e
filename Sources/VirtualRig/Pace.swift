/// What makes the rig's time pass.
public enum Pace: String, Sendable, Hashable, CaseIterable {
  /// The pace device; when nobody has ticked it for a while, the wall clock.
  case stepped
  /// The wall clock, from the start.
  case real
}
