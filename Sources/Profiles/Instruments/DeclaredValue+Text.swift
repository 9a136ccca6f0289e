extension DeclaredValue {
  /// A number in lines of text.
  mutating func decodeText(_ table: TomlTable) throws(ProfileError) {
    guard encoding == .decimal else {
      throw table.error("type", "\"decimal\" is wanted: text has no other")
    }
    let query = try line(table, "query"), send = try line(table, "send")
    guard query?.contains("{}") != true else {
      throw table.error("query", "a query carries no number: {} belongs into \"send\"")
    }
    text = TextAccess(
      query: query, send: send,
      decimals: try table.integer(ifPresent: "decimals", in: 0...6) ?? 0,
      reply: query == nil ? .float : try table.choice("reply"))
    guard let send else { return }
    let places = send.components(of: "{}")
    guard places <= 1 else { throw table.error("send", "one {} at most is wanted") }
    // A command without a number says one thing only, and the profile says which number means it.
    guard places == 1 || allowedWrites?.count == 1 else {
      throw table.error("send", "{} for the number, or \"writes\" with the one number it means")
    }
    guard places == 1 || !table.contains("decimals") else {
      throw table.error("decimals", "nothing in \"send\" to write them to: {} is missing")
    }
  }

  private func line(_ table: TomlTable, _ key: String) throws(ProfileError) -> String? {
    guard let line = try table.string(ifPresent: key) else { return nil }
    guard line.utf8.count <= 100, line.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
      throw table.error(key, "at most 100 printable ASCII characters, without the terminator")
    }
    return line
  }
}

extension String {
  // How often `part` stands in it.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
