import Profiles
import Quantities
import Testing

/// The demo's bench with the pair for its relay, at a scan and hold of its own.
private func bench(scan: String, hold: String, profile: String = "waveshare-relay-pair") throws
  -> BenchFile
{
  let text = edited(
    edited(
      edited(
        edited(try shipped(.bench, "demo"), "scan = \"1 s\"", "scan = \"\(scan)\""),
        "control = \"1 s\"", "control = \"\(scan)\""),
      "hold = \"2.5 s\"", "hold = \"\(hold)\""),
    "waveshare-relay", profile)
  return try BenchFile(TomlDocument(text: text, file: "b.toml"))
}

private func profiles(_ bench: BenchFile) throws -> [InstrumentProfile] {
  try bench.instruments.map { try InstrumentProfile.load($0.profile.name, root: shippedRoot) }
}

@Suite struct RelayPairTests {
  @Test("the pair's profile says which relays go in turn, and what shows them")
  func pair() throws {
    let profile = try InstrumentProfile.load("waveshare-relay-pair", root: shippedRoot)
    let pair = try #require(profile.relayPair)
    func name(_ index: Int) -> String { profile.values[index].name }
    #expect([name(pair.first.closing), name(pair.first.state)] == ["close_a_for", "closed_a"])
    #expect([name(pair.second.closing), name(pair.second.state)] == ["close_b_for", "closed_b"])
    // Their addresses are the vendor's: 0x0200 + relay, and the relay.
    #expect(profile.values[pair.second.closing].address == 0x0201)
    #expect(profile.values[pair.second.state].address == 1)
    #expect(try InstrumentProfile.load("waveshare-relay", root: shippedRoot).relayPair == nil)
  }

  @Test(
    "SAF-014 a hold too short for two relays in turn at this scan is refused in one line",
    arguments: [
      ("1 s", "4.9 s", "4.9 s", "5.0 s is wanted, 5 scans of 1.0 s and 1.25 s"),
      ("100 ms", "1.2 s", "1.2 s", "1.25 s is wanted, 5 scans of 0.1 s and 1.25 s"),
      ("300 ms", "1.4 s", "1.4 s", "1.5 s is wanted, 5 scans of 0.3 s and 1.25 s"),
    ])
  func tooShort(scan: String, hold: String, value: String, says: String) throws {
    let bench = try bench(scan: scan, hold: hold)
    let error = #expect(throws: ProfileError.self) { try bench.checkHold(try profiles(bench)) }
    #expect(
      error?.description.hasPrefix("b.toml:33: instrument.contactor.hold: \(value): ") == true,
      "\(error?.description ?? "")")
    #expect(error?.description.hasSuffix(says) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("\n") == false)
  }

  @Test(
    "a hold of five scans is taken, and of two for one relay",
    arguments: [
      ("1 s", "5 s", "waveshare-relay-pair"), ("100 ms", "1.3 s", "waveshare-relay-pair"),
      ("300 ms", "1.5 s", "waveshare-relay-pair"), ("1 s", "2 s", "waveshare-relay"),
    ])
  func longEnough(scan: String, hold: String, profile: String) throws {
    let bench = try bench(scan: scan, hold: hold, profile: profile)
    try bench.checkHold(try profiles(bench))
  }
}
