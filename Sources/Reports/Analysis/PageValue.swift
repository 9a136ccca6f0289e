/// Any JSON value.
enum PageValue: Decodable, Sendable {
  case number(Double)
  case list([PageValue])
  case object([String: PageValue])
  /// A text, a truth value or nothing: no number of a page.
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let list = try? container.decode([PageValue].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: PageValue].self) {
      self = .object(object)
    } else {
      self = .other
    }
  }

  /// A member by its name, or an entry by its place.
  subscript(part: String) -> PageValue? {
    switch self {
    case .object(let members): members[part]
    case .list(let entries): Int(part).flatMap { entries.indices.contains($0) ? entries[$0] : nil }
    case .number, .other: nil
    }
  }
}
