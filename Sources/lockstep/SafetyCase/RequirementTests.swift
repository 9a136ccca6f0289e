import Foundation

/// The tests of a source tree that name a requirement.
struct RequirementTests {
  /// One test.
  struct Entry: Hashable {
    /// As in `Tests/SafetyTests/VerdictTests.swift`.
    var file: String
    /// Without the requirement ids.
    var title: String
  }

  /// By requirement, sorted by file and place in it.
  private(set) var entries: [String: [Entry]] = [:]

  /// Reads every Swift file below `root`/Tests.
  init(root: URL) throws {
    let folder = root.appending(path: "Tests").standardizedFileURL
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else {
      throw CommandFailure(status: 2, message: "--sources \(root.path): no Tests folder")
    }
    let names = walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
    guard !names.isEmpty else {
      throw CommandFailure(status: 2, message: "--sources \(root.path): no tests")
    }
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      take(text, file: "Tests/" + name)
    }
  }

  private mutating func take(_ text: String, file: String) {
    for match in text.matches(of: #/@Test\(\s*"((?:[^"\\]|\\.)*)"/#) {
      let words = String(match.1)
      let ids = words.matches(of: #/SAF-[0-9]{3}/#).map { String($0.0) }
      guard !ids.isEmpty else { continue }
      let title = words.replacing(#/SAF-[0-9]{3}[:,]?\s*/#, with: "")
      for id in Set(ids) { entries[id, default: []].append(Entry(file: file, title: title)) }
    }
  }
}
