/// Which filter carries a cell's state.
public enum FilterKind: String, Sendable, Hashable, CaseIterable {
  /// Extended Kalman filter: derivatives by dual numbers.
  case extended = "ekf"
  /// Square-root unscented Kalman filter: points, no derivatives.
  case unscented = "ukf"
  /// Marginalised particle filter: several explanations at once.
  case particle
}
