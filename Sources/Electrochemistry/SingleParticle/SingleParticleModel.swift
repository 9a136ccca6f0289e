/// Which single-particle model: both have one particle for each electrode.
public enum SingleParticleModel: String, Sendable, CaseIterable {
  /// Without electrolyte: its concentration stays at rest, and neither it nor the solid loses
  /// voltage. The limit of the other at small current.
  case spm
  /// With the salt resolved through the cell and the ohmic losses of electrolyte and solid.
  case spme
}
