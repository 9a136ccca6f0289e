public import Protocols

/// A protocol as its file says: `profiles/protocols/*.toml`.
public struct ProtocolFile: Sendable {
  /// Most steps that a file may hold.
  public static let maximumSteps = 10_000

  /// The file as it was named.
  public var path: String
  /// The file's bytes, for the journal.
  public var bytes: [UInt8]
  /// Its name.
  public var name: String
  /// For a person; empty: none.
  public var description: String
  /// The steps, in order; at least one.
  public var steps: [ProtocolStep]
  /// Line of each step in the file.
  public var lines: [Int]

  /// Reads the file at `path`.
  public init(path: String, grammar: StepGrammar = .bench) throws(ProfileError) {
    try self.init(TomlDocument(path: path), grammar: grammar)
  }

  /// Decodes `document`.
  public init(_ document: TomlDocument, grammar: StepGrammar = .bench) throws(ProfileError) {
    let root = document.root
    path = document.file
    bytes = document.bytes
    name = try root.string("name")
    description = try root.string(ifPresent: "description") ?? ""
    guard let values = root.elements("steps") else {
      throw root.missing("steps", "an array of step strings")
    }
    guard (1...Self.maximumSteps).contains(values.count) else {
      throw root.error("steps", "1 to \(Self.maximumSteps) steps are allowed")
    }
    steps = []
    lines = []
    for (index, value) in values.enumerated() {
      guard case .string(let text) = value.content else {
        throw root.error("steps", index, at: value, "a step string is wanted")
      }
      do {
        steps.append(try ProtocolStep(parsing: text, grammar: grammar))
      } catch { throw root.error("steps", index, at: value, error.problem) }
      lines.append(value.line)
    }
    try document.finish()
  }
}
