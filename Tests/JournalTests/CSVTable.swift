import Foundation

/// A plain reading of a CSV without quotes, by name.
struct CSVTable {
  let columns: [String]
  let rows: [[String]]

  init(path: String) throws {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let cells = lines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = cells.first ?? []
    rows = Array(cells.dropFirst())
  }

  func texts(_ name: String) -> [String] {
    guard let column = columns.firstIndex(of: name) else { return [] }
    return rows.map { $0[column] }
  }

  func numbers(_ name: String) -> [Double] { texts(name).map { Double($0) ?? .nan } }
}
