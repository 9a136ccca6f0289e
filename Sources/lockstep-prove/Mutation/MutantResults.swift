import Foundation

/// What became of each mutant, kept as it comes, so that a stopped proof goes on.
struct MutantResults {
  private let path: String
  private var results: [Int: String] = [:]

  init(_ path: String) {
    self.path = path
    for line in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
    {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2, let id = Int(parts[0]) { results[id] = String(parts[1]) }
    }
  }

  subscript(id: Int) -> String? { results[id] }

  mutating func set(_ id: Int, _ result: String) throws {
    results[id] = result
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: Data("\(id) \(result)\n".utf8))
  }
}
