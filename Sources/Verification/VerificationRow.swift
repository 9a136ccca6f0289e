/// One law, what was seen of it, and whether that is within its bound.
public struct VerificationRow: Sendable, Hashable, Codable {
  /// Short and unique.
  public var name: String
  /// What must hold.
  public var law: String
  /// The value or order that theory gives.
  public var theory: String
  /// What was measured.
  public var observed: String
  /// What is allowed.
  public var bound: String
  /// Whether the law holds.
  public var passed: Bool

  /// One law and its outcome.
  public init(
    name: String, law: String, theory: String, observed: String, bound: String, passed: Bool
  ) {
    self.name = name
    self.law = law
    self.theory = theory
    self.observed = observed
    self.bound = bound
    self.passed = passed
  }
}
