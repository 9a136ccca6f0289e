import Foundation
import Profiles
import Protocols
import Quantities
import Testing

/// `capacity` of a `validate` phase: a protocol before the first pair and after the last.
@Suite struct CapacityKeyTests {
  private static func campaign(_ capacity: String, pairs: Int = 2) -> String {
    """
    schema = 1
    asset = "M50-001"
    research_override = { by = "test", reason = "test" }
    [[phase]]
    kind = "validate"
    to = "70 %"
    pairs = \(pairs)
    prepare = "prepare"
    relax = "relax"
    \(capacity)
    prescription = { policy = "ride" }
    baseline = { policy = "cccv" }
    limits = { current = "6 A", plating_margin = "10 mV" }

    """
  }

  private func phases(_ text: String) throws -> [CampaignPhase] {
    try CampaignFile(TomlDocument(text: text, file: "f.toml")).phases
  }

  /// A folder of a campaign and protocols, as a user has.
  private func refusal(_ capacity: String, protocols: [String: [String]] = [:]) throws -> String? {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws -> String {
      let place = folder.appending(path: name)
      try text.write(to: place, atomically: true, encoding: .utf8)
      return place.path
    }
    for (name, steps) in protocols {
      let list = steps.map { "\"\($0)\"" }.joined(separator: ",\n")
      _ = try write("schema = 1\nname = \"\(name)\"\nsteps = [\n\(list)\n]\n", name + ".toml")
    }
    let path = try write(Self.campaign(capacity), "c.toml")
    let got = line { () throws(ProfileError) in
      let files = try RunFiles(job: path, bench: "demo", root: shippedRoot)
      try files.check(nominalCapacity: AmpereHours(5))
    }
    return got?.replacing(folder.path + "/", with: "")
  }

  @Test("it is run once at either end, whatever the pairs, and is no part of them")
  func atEitherEnd() throws {
    for pairs in [1, 3] {
      let plain = try phases(Self.campaign("", pairs: pairs))
      let counted = try phases(Self.campaign("capacity = \"capacity\"", pairs: pairs))
      #expect(plain.allSatisfy { $0.capacity == nil })
      #expect(counted.count == plain.count + 2)
      #expect(counted.first?.capacity == .before && counted.last?.capacity == .after)
      for phase in [counted.first, counted.last] {
        guard case .protocol(let reference) = phase?.job else {
          Issue.record("no protocol")
          return
        }
        #expect(reference.name == "capacity" && phase?.arm == nil)
      }
      let inner = counted.dropFirst().dropLast()
      #expect(inner.allSatisfy { $0.capacity == nil })
      // The file's bytes are the coin of who begins: sides alternate either way.
      let sides = inner.compactMap(\.arm)
      #expect(sides.count == plain.compactMap(\.arm).count)
      for pair in stride(from: 0, to: sides.count, by: 2) {
        #expect(sides[pair] != sides[pair + 1])
      }
    }
  }

  @Test("the shipped protocols can be counted, and one of the user's beside the campaign")
  func accepted() throws {
    for name in ["capacity", "capacity-25"] {
      #expect(try refusal("capacity = \"\(name)\"") == nil)
    }
    let steps = ["Charge at C/3 to 4.1 V until C/10", "Discharge at 1C for 1 hour or until 3 V"]
    #expect(try refusal("capacity = \"./own.toml\"", protocols: ["own": steps]) == nil)
  }

  @Test(
    "what is no such protocol is refused with its place",
    arguments: [
      ("capacity = 7", "c.toml:10: phase[0].capacity: 7: a string is wanted"),
      (
        "capacity = \"capacty\"",
        "c.toml:10: phase[0].capacity: \"capacty\": no such protocol (did you mean \"capacity\"?)"
      ),
      (
        "capacity = \"./none.toml\"",
        "c.toml:10: phase[0].capacity: \"./none.toml\": no such protocol file, or not readable"
      ),
      (
        "capacty = \"capacity\"",
        "c.toml:10: phase[0].capacty: unknown key (did you mean \"capacity\"?)"
      ),
    ])
  func refused(_ key: String, _ message: String) throws {
    let got = try refusal(key) ?? ""
    #expect(got.hasPrefix(message), "\(got)")
    #expect(!got.contains("\n"))
  }

  @Test(
    "a protocol whose discharge is not from a voltage to a voltage counts no capacity",
    arguments: [
      ["Rest for 15 minutes"],
      ["Discharge at C/3 until 2.5 V"],
      ["Discharge at C/3 until 2.5 V", "Charge at C/3 until 4.2 V"],
      ["Charge at C/3 until 4.2 V", "Discharge at C/3 for 1 hour"],
      ["Charge at C/3 for 1 hour", "Discharge at C/3 until 2.5 V"],
    ])
  func uncountable(_ steps: [String]) throws {
    let got = try refusal("capacity = \"./own.toml\"", protocols: ["own": steps])
    #expect(
      got
        == "c.toml:10: phase[0].capacity: \"./own.toml\": a protocol that charges until a voltage, "
        + "then discharges until a voltage, is wanted")
  }

  @Test("its steps keep the cell's limits like any phase's")
  func limits() throws {
    let steps = ["Charge at C/3 until 4.3 V", "Discharge at C/3 until 2.5 V"]
    let got = try refusal("capacity = \"./own.toml\"", protocols: ["own": steps]) ?? ""
    #expect(got.hasPrefix("./own.toml:4: steps: \"Charge at C/3 until 4.3 V\": 4.3 V is outside"))
  }
}
