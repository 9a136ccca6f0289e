/// CODATA 2018 values, exact by definition of the SI.
public enum PhysicalConstants {
  /// Molar gas constant R, J/(mol K).
  public static let gas = 8.31446261815324
  /// Faraday constant F, C/mol.
  public static let faraday = 96485.33212331
}
