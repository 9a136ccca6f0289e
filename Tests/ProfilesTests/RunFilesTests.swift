import Profiles
import Protocols
import Quantities
import Testing

private let nominal = AmpereHours(5)

@Suite struct RunFilesTests {
  private func charge() throws -> RunFiles {
    try RunFiles(job: "charge", bench: "demo", root: shippedRoot)
  }

  /// The demo with its campaign and first protocol replaced.
  private func demo(campaign: String? = nil, steps: [String]? = nil) throws -> RunFiles {
    var files = try charge()
    if let campaign {
      files.campaign = try CampaignFile(TomlDocument(text: campaign, file: "c.toml"))
    }
    if let steps {
      let list = steps.map { "\"\($0)\"" }.joined(separator: ",\n")
      files.protocols[0] = try ProtocolFile(
        TomlDocument(text: "schema = 1\nname = \"p\"\nsteps = [\n\(list)\n]\n", file: "p.toml"))
    }
    return files
  }

  private func refusal(_ files: RunFiles) -> String? {
    line { () throws(ProfileError) in try files.check(nominalCapacity: nominal) }
  }

  @Test func theShippedChargeFits() throws {
    let files = try charge()
    try files.check(nominalCapacity: nominal)
    #expect(files.protocols.map { $0?.name } == ["demo", "cool-down", nil])
    #expect(files.inputs.map(\.role) == ["bench", "limits", "campaign", "protocol", "protocol"])
    #expect(files.cellPath.hasSuffix("chen2020.json"))
  }

  @Test func aProtocolAloneIsACampaignOfOnePhase() throws {
    let files = try RunFiles(job: "capacity", bench: "demo", root: shippedRoot)
    #expect(files.campaign.phases.count == 1 && files.campaign.asset == "M50-001")
    #expect(files.inputs.map(\.role) == ["bench", "limits", "protocol"])
    let got = refusal(files)
    // 0.3C of 5 Ah is 1.5 A: inside both rows of the table.
    #expect(got == nil)
  }

  @Test("SAF-003: every layer of every phase nests in the layers outside it")
  func everyLayerNests() throws {
    let files = try charge()
    for phase in 0..<3 {
      let layers = try files.layers(phase: phase, nominalCapacity: nominal)
      #expect(layers.map(\.origin) == [.bench, .cell, .campaign])
      for (outer, inner) in [(0, 1), (0, 2), (1, 2)] {
        for (kind, band) in layers[inner].bands {
          if let around = layers[outer].bands[kind] { #expect(band.nests(in: around)) }
        }
      }
    }
  }

  @Test func anOverrideLiftsTheTableOfChargeCurrentsAndNothingElse() throws {
    let files = try charge()
    let lifted = try files.layers(phase: 2, nominalCapacity: nominal)[1]
    var kept = files.limits.layer
    #expect(lifted.chargeCurrent.isEmpty)
    kept.chargeCurrent = []
    #expect(lifted == kept)
  }

  @Test func aPhasesLimitsBecomeItsLayer() throws {
    let layer = try charge().layers(phase: 2, nominalCapacity: nominal)[2]
    #expect(layer.bands[.current]?.operateHigh == 6)
    #expect(abs((layer.bands[.current]?.tripHigh ?? 0) - 6.35) < 1e-9)
    #expect(layer.bands[.chargeTemperature]?.operateHigh == 45)
    #expect(layer.bands[.voltage]?.operateLow == 2.5)
  }

  @Test(arguments: [
    BadEdit(
      "research_override = { by = \"demo\", reason = \"virtual cell: 6 A at 10 degC is past the data sheet\" }\n",
      "",
      "c.toml:20: phase.limits.current: up to 3.5 A is allowed; past the cell's table a "
        + "research_override is wanted"),
    BadEdit(
      "\"6 A\"", "\"6.1 A\"", "c.toml:21: phase.limits.current: up to 6.0 A is allowed"),
    BadEdit(
      "\"6 A\"", "\"2C\"", "c.toml:21: phase.limits.current: up to 6.0 A is allowed"),
    BadEdit(
      "\"4.2 V\"", "\"4.21 V\"",
      "c.toml:21: phase.limits.voltage: above 2.5 and up to 4.2 is allowed"),
    BadEdit(
      "\"45 degC\"", "\"46 degC\"",
      "c.toml:21: phase.limits.temperature: above 1.0 and up to 45.0 is allowed"),
  ])
  func aCampaignMustNest(_ edit: BadEdit) throws {
    let text = edited(try shipped(.campaign, "charge"), edit.old, edit.new)
    var files = try demo(campaign: text)
    // Without an override the demo's own steps are refused first: here only the charge counts.
    files.protocols = [nil, nil, nil]
    // Where an outer limit binds, its line stands behind.
    let got = refusal(files) ?? ""
    #expect(got.hasPrefix(edit.message), "\(got)")
    if !got.contains("research_override") {
      #expect(got.contains(#/ \(.+\.toml:\d+\)$/#), "\(got)")
    }
  }

  @Test(arguments: [
    ("Charge at 2C until 4.2 V", "10.0 A is outside -6.0 A to 6.0 A"),
    ("Discharge at 7 A until 2.5 V", "-7.0 A is outside -6.0 A to 6.0 A"),
    ("Charge at C/3 until 4.21 V", "4.21 V is outside 2.5 V to 4.2 V"),
    ("Hold at 2.4 V for 1 h", "2.4 V is outside 2.5 V to 4.2 V"),
    ("Charge at C/3 to 4.3 V until C/20", "4.3 V is outside 2.5 V to 4.2 V"),
    ("Chamber at 70 degC", "70.0 degC is outside -20.0 degC to 60.0 degC"),
  ])
  func aStepMustFit(_ step: String, _ problem: String) throws {
    let files = try demo(steps: ["Rest for 1 s", step])
    let got = refusal(files) ?? ""
    #expect(got.hasPrefix("p.toml:5: steps: \"\(step)\": \(problem) ("), "\(got)")
    #expect(got.contains(#/\.toml:\d+\)$/#), "\(got)")
  }

  @Test func aStepPastTheCellsTableWantsAnOverride() throws {
    var files = try demo(steps: ["Rest for 1 s", "Charge at 1C until 4.2 V"])
    #expect(refusal(files) == nil)
    files.campaign.researchOverride = nil
    #expect(
      refusal(files)
        == "p.toml:5: steps: \"Charge at 1C until 4.2 V\": 5.0 A is past the cell's table, at most "
        + "3.5 A; past it a research_override is wanted")
  }

  @Test func theCellMustNestInTheBench() throws {
    var files = try charge()
    let text = edited(
      try shipped(.bench, "demo"), "trip = [\"2.4 V\", \"4.25 V\"]",
      "trip = [\"2.48 V\", \"4.25 V\"]")
    files.bench = try BenchFile(TomlDocument(text: text, file: "b.toml"))
    let got = refusal(files)
    #expect(
      got?.contains(
        "lg-m50.limits.toml:7: voltage: 2.5..4.2 (trip 2.45..4.25): must lie within the bench's")
        == true)
    #expect(got?.contains("(b.toml:69)") == true, "\(got ?? "")")
  }

  @Test func theCampaignMustBeForTheCellOnTheBench() throws {
    let got = line { () throws(ProfileError) in
      _ = try RunFiles(job: "demo", bench: "demo", root: "/nonexistent")
    }
    #expect(got == "demo: no such bench; shipped are none")
  }
}
