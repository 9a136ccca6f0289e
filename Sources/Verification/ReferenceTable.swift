import Foundation

/// Columns of numbers under names, from a CSV file.
struct ReferenceTable {
  let columns: [String: [Double]]

  /// Why a file makes no table.
  struct Refusal: Error, CustomStringConvertible { let description: String }

  init(_ file: URL) throws {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw Refusal(description: "\(file.path): cannot be read")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    let names = (lines.first ?? "").split(separator: ",").map(String.init)
    var columns = names.map { _ in [Double]() }
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == names.count else {
        throw Refusal(
          description: "\(file.path) line \(number + 1): \(fields.count) fields, "
            + "the header has \(names.count)")
      }
      for (k, field) in fields.enumerated() { columns[k].append(Double(field) ?? .nan) }
    }
    self.columns = Dictionary(zip(names, columns)) { first, _ in first }
  }

  /// A column that must be there.
  func column(_ name: String) throws -> [Double] {
    guard let column = columns[name] else {
      throw Refusal(description: "no column \(name); there are \(columns.keys.sorted())")
    }
    return column
  }
}
