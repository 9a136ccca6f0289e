import Foundation

/// Any JSON value. (`JSONSerialization` returns some numbers one bit off on Linux.)
indirect enum JSONValue: Decodable {
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var list: [JSONValue] { if case .list(let list) = self { list } else { [] } }
  var object: [String: JSONValue] {
    if case .object(let object) = self { object } else { [:] }
  }

  /// The value at a path like `phases.1.start_second`.
  subscript(path: String) -> JSONValue? {
    var here = self
    for part in path.split(separator: ".").map(String.init) {
      if let index = Int(part), here.list.indices.contains(index) {
        here = here.list[index]
      } else if let next = here.object[part] {
        here = next
      } else {
        return nil
      }
    }
    return here
  }
}
