/// Which filter carries a cell's state.
public enum FilterKind: String, Sendable, Hashable, CaseIterable {
  /// Extended Kalman filter: derivatives by dual numbers.
  case extended = "ekf"
  /// Square-root unscented Kalman filter: points, no derivatives.
  case unscented = "ukf"
  /// Few placed particles with a Kalman filter each: several explanations at once.
  case particle
}
