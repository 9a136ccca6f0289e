import Glibc

/// The person at the terminal, if there is one.
enum Operator {
  /// Whether questions can be asked: standard input and standard error are a terminal.
  static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks on standard error; the answer without blanks around it, nil at end of input.
  static func ask(_ question: String) -> String? {
    write("\(question) ")
    guard let line = readLine(strippingNewline: true) else { return nil }
    let text = line.drop { $0 == " " || $0 == "\t" }
    return String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// Asks for a yes in full.
  static func confirms(_ question: String) -> Bool {
    ask("\(question) [yes/no]")?.lowercased() == "yes"
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
