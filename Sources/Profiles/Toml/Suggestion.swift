/// What a person may have meant.
package enum Suggestion {
  /// The candidate nearest to `word`, or nil when none is near: at most a third of the word's
  /// letters, and at least two, may differ.
  static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let reach = max(2, word.count / 3)
    let ranked = candidates.map { (distance(word, $0), $0) }.filter { $0.0 <= reach }
    return ranked.min { $0 < $1 }?.1
  }

  /// ` (did you mean "x"?)`, or nothing.
  package static func hint(for word: String, among candidates: some Sequence<String>) -> String {
    nearest(to: word, among: candidates).map { " (did you mean \"\($0)\"?)" } ?? ""
  }

  /// Levenshtein's distance over characters, of words of at most 64.
  static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.prefix(64)), b = Array(b.prefix(64))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
