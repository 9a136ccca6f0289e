import Profiles
import Testing

/// The repository's `profiles` tree.
let shippedRoot = {
  var folder = Substring(#filePath)
  for _ in 0..<3 {
    folder = folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]
  }
  return "\(folder)/profiles"
}()

/// The text of a shipped file.
func shipped(_ kind: ShippedProfiles.Kind, _ name: String) throws(ProfileError) -> String {
  let path = try ShippedProfiles.locate(kind: kind, name: name, root: shippedRoot)
  return String(decoding: try TomlDocument(path: path).bytes, as: UTF8.self)
}

/// `text` with its first `old` replaced by `new`.
func edited(_ text: String, _ old: String, _ new: String) -> String {
  guard let range = text.firstRange(of: old) else { return "the edit \"\(old)\" fits nowhere" }
  return text.replacingCharacters(in: range, with: new)
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}

/// A bad edit of a shipped file, and the whole line that it is refused with.
struct BadEdit: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let message: String
  var testDescription: String { new }

  init(_ old: String, _ new: String, _ message: String) {
    self.old = old
    self.new = new
    self.message = message
  }
}

/// The text of a shipped cell.
func shippedCell(_ name: String) throws(ProfileError) -> String {
  let path = try ShippedProfiles.locate(kind: .cell, name: name, root: shippedRoot)
  return String(decoding: try CellFile.bytes(path), as: UTF8.self)
}

/// The path of a file under `fixtures`.
func fixture(_ name: String) -> String {
  "\(shippedRoot.dropLast("profiles".count))fixtures/\(name)"
}
