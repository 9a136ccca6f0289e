/// What a second *flash on* does while the relay is closed by a first one: no source says.
public enum Retrigger: String, Sendable, Hashable, CaseIterable {
  /// The time starts anew.
  case restarts
  /// The first time runs out all the same.
  case ignored
}
