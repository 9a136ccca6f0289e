import Foundation

/// One proof's result in fixtures/proofs: JSON with the hash of the sources that it was made of.
struct ProofRecord {
  var name: String
  var seed: Int
  /// Figures and goals, by name; numbers, texts, lists.
  var figures: [String: Any] = [:]
  var isMet: Bool

  static let folder = "fixtures/proofs"

  /// Writes `fixtures/proofs/NAME.json` and appends a line to `fixtures/proofs/log.txt`.
  func write(hash: String, to folder: String = folder) throws {
    guard try SourceHash.current() == hash else {
      throw ProofFailure("\(name): the sources changed during the proof; nothing is recorded")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var object = figures
    object["proof"] = name
    object["sources_sha256"] = hash
    object["seed"] = seed
    object["goal_met"] = isMet
    object["time"] = ISO8601DateFormatter().string(from: Date())
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    try (data + Data("\n".utf8)).write(to: URL(filePath: "\(folder)/\(name).json"))
    let line = "\(object["time"] ?? "") \(name) \(isMet ? "met" : "MISSED") seed \(seed) \(hash)\n"
    let log = folder + "/log.txt"
    let before = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    try (before + line).write(toFile: log, atomically: true, encoding: .utf8)
  }
}
