/// Finds declared values by name while a profile is decoded.
struct ValueLookup {
  let values: [DeclaredValue]

  /// Index of the value that `key` of `table` names.
  func index(_ table: TomlTable, _ key: String, readable: Bool) throws(ProfileError) -> Int {
    try index(of: table.string(key), table, key, readable: readable)
  }

  /// Index of the value called `name`, which stands under `key` of `table`.
  func index(
    of name: String, _ table: TomlTable, _ key: String, readable: Bool
  ) throws(ProfileError) -> Int {
    guard let index = values.firstIndex(where: { $0.name == name }) else {
      let hint = Suggestion.hint(for: name, among: values.map(\.name))
      throw table.error(key, "no value called \"\(name)\" is declared\(hint)")
    }
    guard !readable || values[index].isReadable else {
      throw table.error(key, "\"\(name)\" cannot be read: it has no read function or query")
    }
    return index
  }
}
