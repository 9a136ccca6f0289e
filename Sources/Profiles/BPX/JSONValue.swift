/// A JSON value and the line it starts on.
struct JSONValue: Sendable {
  enum Content: Sendable {
    case object([Member])
    case array([JSONValue])
    case string(String)
    /// As written, beside its value: `5` and `5.0` differ for a count.
    case number(Double, text: String)
    case bool(Bool)
    case null
  }

  struct Member: Sendable {
    let key: String
    let line: Int
    let value: JSONValue
  }

  let content: Content
  let line: Int

  /// What it is, for messages.
  var kind: String {
    switch content {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .bool: "true or false"
    case .null: "null"
    }
  }

  /// As written, for messages; nil for objects and arrays.
  var shown: String? {
    switch content {
    case .object, .array: nil
    case .string(let text): "\"\(text)\""
    case .number(_, let text): text
    case .bool(let flag): "\(flag)"
    case .null: "null"
    }
  }
}
