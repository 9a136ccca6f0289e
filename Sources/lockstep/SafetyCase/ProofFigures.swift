import Foundation

/// Measured figures of the long proofs, whatever their form: `fixtures/proofs/*.json`.
struct ProofFigures {
  /// One file.
  struct File {
    var name: String
    /// Path of the key and the figure.
    var figures: [(key: String, value: String)]
  }

  let files: [File]

  /// What every safety case asks for; those without a file are said to be not run.
  static let expected = ["kills", "mutants", "fuzz", "soak"]
  private static let mostFigures = 60

  init(root: URL) {
    let folder = root.appending(path: "fixtures/proofs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    files = names.filter { $0.hasSuffix(".json") }.sorted().map { name in
      let data = FileManager.default.contents(atPath: folder.appending(path: name).path) ?? Data()
      let object = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      var figures: [(key: String, value: String)] = []
      if let object { Self.flatten(object, "", &figures) }
      return File(name: String(name.dropLast(5)), figures: figures)
    }
  }

  /// Of the expected ones, those without a file.
  var missing: [String] {
    Self.expected.filter { wanted in !files.contains { $0.name.contains(wanted) } }
  }

  private static func flatten(
    _ object: Any, _ path: String, _ figures: inout [(key: String, value: String)]
  ) {
    guard figures.count < mostFigures else { return }
    switch object {
    case let table as [String: Any]:
      for key in table.keys.sorted() {
        guard let value = table[key] else { continue }
        flatten(value, path.isEmpty ? key : "\(path).\(key)", &figures)
      }
    case let list as [Any]:
      if list.allSatisfy({ !($0 is [Any]) && !($0 is [String: Any]) }), list.count <= 12 {
        figures.append((path, list.map { "\($0)" }.joined(separator: ", ")))
      } else {
        figures.append((path, "\(list.count) entries"))
      }
    default: figures.append((path, "\(object)"))
    }
  }
}
