extension JSONValue {
  /// JSON, one key a line, arrays in one line, keys in their order, numbers as they were written.
  func written(indent: Int = 0) -> String {
    switch content {
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let space = String(repeating: " ", count: indent + 1)
      let lines = members.map {
        "\(space)\(Self.quoted($0.key)): \($0.value.written(indent: indent + 1))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(String(repeating: " ", count: indent))}"
    case .array(let elements):
      return "[\(elements.map { $0.written(indent: indent + 1) }.joined(separator: ", "))]"
    case .string(let text): return Self.quoted(text)
    case .number(_, let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A copy in which the number, expression or table at `place` is multiplied; without that place,
  /// the same.
  func scaling(_ place: ArraySlice<String>, by factor: Double) -> JSONValue {
    guard let key = place.first else { return multiplied(by: factor) }
    guard case .object(let members) = content else { return self }
    let changed = members.map { member in
      guard member.key == key else { return member }
      let value = member.value.scaling(place.dropFirst(), by: factor)
      return Member(key: key, line: member.line, value: value)
    }
    return JSONValue(content: .object(changed), line: line)
  }

  private func multiplied(by factor: Double) -> JSONValue {
    switch content {
    case .number(let value, _):
      JSONValue(content: .number(value * factor, text: "\(value * factor)"), line: line)
    case .string(let text): JSONValue(content: .string("\(factor)*(\(text))"), line: line)
    case .array(let values):
      JSONValue(content: .array(values.map { $0.multiplied(by: factor) }), line: line)
    case .object: scaling(["y"], by: factor)
    case .bool, .null: self
    }
  }
}
