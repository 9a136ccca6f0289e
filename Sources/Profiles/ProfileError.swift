/// Why a file that a user wrote was refused: one line, as in
/// `benches/demo.toml:7: scan: "100 V": a time wanted, as in "500 ms"`.
public struct ProfileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named.
  public var file: String
  /// Line, from 1; nil when the reason has no place, as in a file that is not there.
  public var line: Int?
  /// Path of the key, as in `instrument.psu.port` or `steps[2]`; nil for syntax errors.
  public var key: String?
  /// The offending value as written; nil when the key itself is the trouble.
  public var value: String?
  /// What is wrong and what is allowed.
  public var problem: String

  /// An error from its parts.
  public init(
    file: String, line: Int? = nil, key: String? = nil, value: String? = nil, _ problem: String
  ) {
    self.file = file
    self.line = line
    self.key = key
    self.value = value
    self.problem = problem
  }

  /// The one line. Control characters are escaped and long values are cut.
  public var description: String {
    var parts = [line.map { "\(file):\($0)" } ?? file]
    if let key { parts.append(Self.cut(key, to: 100)) }
    if let value { parts.append(Self.cut(value, to: 80)) }
    parts.append(problem)
    return parts.joined(separator: ": ").unicodeScalars
      .map { $0.value < 0x20 || $0.value == 0x7F ? $0.escaped(asASCII: true) : String($0) }
      .joined()
  }

  private static func cut(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(count) + "..."
  }
}
