import Foundation

/// The numbers of an analysis page: the JSON that stands in it. What the page shows is read from there, so that
/// the two cannot differ.
public struct PageNumbers: Sendable {
  /// Safe inside a script element.
  let json: String
  private let root: PageValue

  /// Numbers of what a command prints as JSON.
  public init(_ value: some Encodable) {
    json = ScriptJSON.text(value)
    root = (try? JSONDecoder().decode(PageValue.self, from: Data(json.utf8))) ?? .other
  }

  /// The number at a path of member names and places; nil where there is none.
  public func number(_ path: [String]) -> Double? {
    var here = root
    for part in path {
      guard let next = here[part] else { return nil }
      here = next
    }
    guard case .number(let value) = here else { return nil }
    return value
  }

  /// A `data` element with the unrounded value; `data-key` is its JSON pointer (RFC 6901).
  func element(_ path: [String], scale: Double, digits: Int) -> String {
    let value = number(path)
    let key = path.map {
      "/" + $0.replacingOccurrences(of: "~", with: "~0").replacingOccurrences(of: "/", with: "~1")
    }.joined()
    let shown = Format.significant(value.map { scale * $0 }, digits)
    return NumbersSection.data(Format.escaped(key), value, shown)
  }
}
