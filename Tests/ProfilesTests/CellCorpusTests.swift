import Foundation
import Profiles
import Testing

/// Our verdict on some 120 mutated files is the bpx package's, or differs for a stated reason.
struct CellCorpusTests {
  struct Mutation: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let demands: CellFile.Demands
    /// bpx's verdict.
    let accepted: Bool
    /// Ours, where it differs on purpose.
    let ours: Bool?
    let why: String?
    var testDescription: String { name }
  }

  static let base = (try? shippedCell("chen2020")) ?? ""

  static let mutations: [Mutation] = {
    let data = FileManager.default.contents(atPath: fixture("bpx/corpus.json")) ?? Data()
    let cases = (try? JSONSerialization.jsonObject(with: data)) as? [[String: Any]] ?? []
    return cases.map { entry in
      Mutation(
        name: entry["name"] as? String ?? "", text: edited(entry),
        demands: entry["demands"] as? String == "none" ? [] : .all,
        accepted: entry["accepted"] as? Bool ?? false, ours: entry["ours"] as? Bool,
        why: entry["why"] as? String)
    }
  }()

  static func edited(_ entry: [String: Any]) -> String {
    if let document = entry["document"] as? String { return document }
    if let more = entry["append"] as? String { return base + more }
    if let text = entry["text"] as? [String], let range = base.range(of: text[0]) {
      return base.replacingCharacters(in: range, with: text[1])
    }
    var document = (try? JSONSerialization.jsonObject(with: Data(base.utf8))) ?? [:]
    for edit in entry["set"] as? [[Any]] ?? [] {
      document = changed(document, edit[0] as? [String] ?? [], to: edit[1])
    }
    for path in entry["remove"] as? [[String]] ?? [] { document = changed(document, path, to: nil) }
    let data = try? JSONSerialization.data(withJSONObject: document)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func changed(_ value: Any, _ path: [String], to new: Any?) -> Any {
    var object = value as? [String: Any] ?? [:]
    if path.count > 1 {
      object[path[0]] = changed(object[path[0]] ?? [:], Array(path.dropFirst()), to: new)
    } else {
      object[path[0]] = new
    }
    return object
  }

  @Test("the corpus is there, and most of it is bpx's verdict alone")
  func complete() {
    #expect(Self.mutations.count > 100)
    #expect(Self.mutations.count { $0.ours != nil } < 45)
    for mutation in Self.mutations {
      #expect((mutation.ours == nil) == (mutation.why == nil))
      #expect(mutation.ours != mutation.accepted)
    }
  }

  @Test("our verdict is bpx's, or differs for a stated reason", arguments: mutations)
  func verdict(mutation: Mutation) {
    let wanted = mutation.ours ?? mutation.accepted
    do {
      _ = try CellFile.parse(
        Array(mutation.text.utf8), file: "cell.json", for: mutation.demands)
      #expect(wanted, "accepted; bpx: \(mutation.accepted)")
    } catch {
      #expect(!wanted, "\(error)")
      #expect(error.description.hasPrefix("cell.json"))
      #expect(!error.description.contains("\n"))
      // Everything but a file that is no object is placed: at a line, and mostly at a key.
      #expect(error.line != nil)
    }
  }
}
