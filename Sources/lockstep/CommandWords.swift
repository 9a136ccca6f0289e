/// The command line before it is parsed: what ArgumentParser would let pass silently is refused,
/// and negative numbers are values.
enum CommandWords {
  /// Options that may be given more than once.
  private static let repeatable: Set<String> = [
    "--step", "--data", "--validate", "--port",
  ]

  /// - Throws: `CommandFailure` (status 2) for an option given twice.
  static func normalised(_ words: [String]) throws -> [String] {
    var seen: Set<String> = []
    var result: [String] = []
    for word in words {
      if word.hasPrefix("--"), word.count > 2 {
        let name = String(word.prefix { $0 != "=" })
        guard repeatable.contains(name) || seen.insert(name).inserted else {
          throw CommandFailure(status: 2, message: "\(name) is given twice: once is allowed")
        }
      }
      if let last = result.last, last.hasPrefix("--"), !last.contains("="), isNegative(word) {
        result[result.count - 1] = "\(last)=\(word)"
      } else {
        result.append(word)
      }
    }
    return result
  }

  /// `-10`, `-2C`, `-500 mA` or `-C/3`; no option of ours is a digit.
  private static func isNegative(_ word: String) -> Bool {
    let magnitude = word.dropFirst()
    let begins = magnitude.first.map { $0.isNumber || $0 == "." } ?? false
    return word.first == "-" && (Double(word) != nil || begins || magnitude.hasPrefix("C/"))
  }
}
