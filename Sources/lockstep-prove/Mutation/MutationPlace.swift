/// One place of a source that can be changed, in one or more ways; all of them are built at once.
struct MutationPlace {
  enum Kind: String {
    case comparison, logic, arithmetic, assignment, bits, not, literal, condition, statement
  }

  var kind: Kind
  /// As in `Guard/SafeLine.swift`.
  var file: String
  var line: Int
  /// The line's text, trimmed.
  var source: String
  /// What becomes of what, one mutant each: `< -> <=`.
  var changes: [String]
  /// Number of the first mutant; the others follow.
  var id = 0
  /// What is written instead, by the first mutant's number.
  var edits: (Int) -> [Edit]

  /// Bytes replaced; `rank` orders what begins at the same byte.
  struct Edit {
    var range: Range<Int>
    var text: String
    var rank: Int
  }
}
