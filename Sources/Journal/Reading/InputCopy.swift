/// The copy of one input file, as it was when the run began.
public struct InputCopy: Sendable, Hashable {
  /// `bench`, `cell`, `limits`, `campaign`, `protocol` or `profile`.
  public var role: String
  /// The file's name.
  public var name: String
  /// Digest of the content, hexadecimal.
  public var sha256: String
  /// The file's bytes.
  public var content: [UInt8]

  /// A copy from its parts.
  public init(role: String, name: String, sha256: String, content: [UInt8]) {
    self.role = role
    self.name = name
    self.sha256 = sha256
    self.content = content
  }
}
