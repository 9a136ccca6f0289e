/// A table of a TOML file, read key by key. Every read marks its key as consumed; `finish()`
/// refuses the keys that were not.
///
/// Each accessor comes in two forms: `string("port")` throws when the key is absent,
/// `string(ifPresent: "port")` returns nil. Errors carry file, line and the key's whole path.
public final class TomlTable {
  /// The file as it was named.
  public let file: String
  /// Path of this table from the root, as in `instrument.psu`; empty for the root.
  public let path: String
  /// Line where the table starts, from 1.
  public let line: Int
  private let entries: [TomlEntry]
  private var asked: Set<String> = []
  private var children: [TomlTable] = []

  init(file: String, path: String, line: Int, entries: [TomlEntry]) {
    self.file = file
    self.path = path
    self.line = line
    self.entries = entries
  }

  /// All keys, in the file's order. Reading this consumes nothing.
  public var keys: [String] { entries.map(\.key) }

  /// Whether `key` is there. Asking does not consume it, but makes it known for suggestions.
  public func contains(_ key: String) -> Bool {
    known.insert(key)
    return entries.contains { $0.key == key }
  }

  /// Keys that a decoder asked about without consuming.
  private var known: Set<String> = []

  /// The entry of `key`, consumed, or nil when it is absent.
  func entry(_ key: String) -> TomlEntry? {
    known.insert(key)
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    asked.insert(key)
    return entry
  }

  /// The whole path of `key`.
  public func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The line of `key`, or the table's own when it is absent.
  public func line(of key: String) -> Int { entries.first { $0.key == key }?.line ?? line }

  /// An error at `key`: its line, its path, its value where it is no table, and `problem`.
  public func error(_ key: String, _ problem: String) -> ProfileError {
    let entry = entries.first { $0.key == key }
    var value = entry?.value.text
    if case .table = entry?.value.content { value = nil }
    return ProfileError(
      file: file, line: entry?.line ?? line, key: path(of: key), value: value, problem)
  }

  /// An error at `value`, which stands under `key` or is the element `index` of its array.
  func error(_ key: String, _ index: Int? = nil, at value: TomlValue, _ problem: String)
    -> ProfileError
  {
    ProfileError(
      file: file, line: value.line, key: path(of: key) + (index.map { "[\($0)]" } ?? ""),
      value: value.text, problem)
  }

  /// The error of an absent key.
  func missing(_ key: String, _ wanted: String) -> ProfileError {
    ProfileError(file: file, line: line, key: path(of: key), "missing: \(wanted) is wanted")
  }

  /// The table under `key`, opened to be read. Opened twice, it is the same table.
  public func table(_ key: String) throws(ProfileError) -> TomlTable {
    guard let table = try table(ifPresent: key) else { throw missing(key, "a table") }
    return table
  }

  /// The table under `key`, or nil when the key is absent.
  public func table(ifPresent key: String) throws(ProfileError) -> TomlTable? {
    guard let entry = entry(key) else { return nil }
    if let open = children.first(where: { $0.path == path(of: key) }) { return open }
    return try open(entry.value, key, nil)
  }

  /// The array of tables under `key`; empty when the key is absent.
  public func tables(_ key: String) throws(ProfileError) -> [TomlTable] {
    guard let entry = entry(key) else { return [] }
    guard case .array(let values) = entry.value.content else {
      throw error(key, "an array of tables is wanted, as in [[\(path(of: key))]]")
    }
    var tables: [TomlTable] = []
    for (index, value) in values.enumerated() { tables.append(try open(value, key, index)) }
    return tables
  }

  private func open(_ value: TomlValue, _ key: String, _ index: Int?) throws(ProfileError)
    -> TomlTable
  {
    guard case .table(let entries) = value.content else {
      throw error(key, index, at: value, "a table is wanted")
    }
    let path = path(of: key) + (index.map { "[\($0)]" } ?? "")
    let table = TomlTable(file: file, path: path, line: value.line, entries: entries)
    children.append(table)
    return table
  }

  /// Refuses the first key, in the file's order, that was not consumed here or in a table opened
  /// from here.
  public func finish() throws(ProfileError) {
    if let refusal = unconsumed().min(by: { ($0.line ?? 0) < ($1.line ?? 0) }) { throw refusal }
  }

  private func unconsumed() -> [ProfileError] {
    let here = entries.filter { !asked.contains($0.key) }.map { entry in
      let free = known.subtracting(asked).union(known.subtracting(keys))
      let hint = Suggestion.hint(for: entry.key, among: free)
      let list = known.sorted().joined(separator: ", ")
      return ProfileError(
        file: file, line: entry.line, key: path(of: entry.key),
        "unknown key" + (hint.isEmpty && !list.isEmpty ? ": known here are \(list)" : hint))
    }
    return here + children.flatMap { $0.unconsumed() }
  }
}
