/// A voltage at which the cell must not go on.
public enum CutOff: String, Sendable, Hashable {
  /// Charging ends here.
  case upper
  /// Discharging ends here.
  case lower
}
