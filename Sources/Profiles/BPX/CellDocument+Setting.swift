public import Electrochemistry

extension CellDocument {
  /// A value to stand at a place of the file.
  public struct Setting: Sendable, Hashable {
    /// A number or a text: an expression, or words in the header.
    public enum Value: Sendable, Hashable {
      case number(Double)
      case text(String)
    }

    /// Keys from the top, as in `["Parameterisation", "Cell", "Electrode area [m2]"]`.
    public var place: [String]
    /// What is to stand there.
    public var value: Value

    /// A number at a place.
    public init(place: [String], value: Double) {
      self.place = place
      self.value = .number(value)
    }

    /// A text at a place.
    public init(place: [String], text: String) {
      self.place = place
      value = .text(text)
    }

    /// A number where a parameter stands.
    public init(_ name: ParameterName, _ value: Double) {
      self.init(place: name.place, value: value)
    }
  }

  /// The document with values replaced; sections and keys that are not there yet are put last.
  public func setting(_ settings: [Setting]) throws(ProfileError) -> CellDocument {
    var root = root
    for setting in settings { root = root.setting(setting.place[...], to: setting.value) }
    return try CellDocument(root, file: file, for: demands)
  }

  /// The text or number at a place as an expression, or nil where there is neither.
  public func expression(at place: [String]) -> String? { root.expression(place[...]) }
}

extension JSONValue {
  fileprivate func setting(
    _ place: ArraySlice<String>, to value: CellDocument.Setting.Value
  ) -> JSONValue {
    guard let key = place.first else {
      switch value {
      case .number(let number):
        return JSONValue(content: .number(number, text: "\(number)"), line: line)
      case .text(let text): return JSONValue(content: .string(text), line: line)
      }
    }
    var members: [Member] = []
    if case .object(let present) = content { members = present }
    let rest = place.dropFirst()
    if let i = members.firstIndex(where: { $0.key == key }) {
      let changed = members[i].value.setting(rest, to: value)
      members[i] = Member(key: key, line: members[i].line, value: changed)
    } else {
      let empty = JSONValue(content: .object([]), line: line)
      members.append(Member(key: key, line: line, value: empty.setting(rest, to: value)))
    }
    return JSONValue(content: .object(members), line: line)
  }

  fileprivate func expression(_ place: ArraySlice<String>) -> String? {
    guard let key = place.first else {
      switch content {
      case .string(let text): return text
      case .number(_, let text): return text
      default: return nil
      }
    }
    guard case .object(let members) = content else { return nil }
    return members.first { $0.key == key }?.value.expression(place.dropFirst())
  }
}
