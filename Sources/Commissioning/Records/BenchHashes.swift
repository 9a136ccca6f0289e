/// What a bench was made of when it was commissioned: SHA-256 of each file, by what it is
/// (`bench`, `limits`, `cell`, `instrument psu`).
public struct BenchHashes: Sendable, Hashable, Codable {
  /// Lower-case hexadecimal digests.
  public var files: [String: String]

  /// Hashes from their parts.
  public init(_ files: [String: String]) { self.files = files }

  /// What differs between then (`self`) and now, sorted; empty: nothing.
  public func changed(now: BenchHashes) -> [String] {
    Set(files.keys).union(now.files.keys).filter { files[$0] != now.files[$0] }.sorted()
  }
}
