import Electrochemistry
import Foundation
import Profiles

/// Files that the tests read, found from this source file.
enum Fixtures {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func path(_ name: String) -> String { root.appending(path: name).path() }

  static func chen2020() throws -> CellParameters {
    try CellFile.load(path("profiles/cells/chen2020.json"))
  }

  /// Columns of a CSV file of numbers by name.
  static func columns(_ name: String) throws -> [String: [Double]] {
    let text = try String(contentsOfFile: path(name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    var columns = Dictionary(uniqueKeysWithValues: names.map { ($0, [Double]()) })
    for line in lines.dropFirst() {
      for (name, field) in zip(names, line.split(separator: ",", omittingEmptySubsequences: false))
      {
        columns[name]?.append(Double(field) ?? .nan)
      }
    }
    return columns
  }
}
