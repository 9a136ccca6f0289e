/// What an instrument reads back after a command.
public struct Readback: Sendable, Hashable {
  /// What was asked, in the device's register (A, 0/1, degC or s).
  public var requested: Double
  /// What the device says it took.
  public var read: Double
  /// Whether the two agree within the device's resolution.
  public var agrees: Bool

  /// A read-back from its parts.
  public init(requested: Double, read: Double, agrees: Bool) {
    self.requested = requested
    self.read = read
    self.agrees = agrees
  }
}
