/// Limits that do not nest, or are not there.
public struct EnvelopeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line: which limit of which layer, its value, what the outer layer allows.
  public var description: String
}
