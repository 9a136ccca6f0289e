import Foundation
import Profiles
import Protocols
import Quantities
import Testing

/// Repeats and comparisons are written out as the phases that they stand for.
@Suite struct CampaignPhaseTests {
  private func campaign(_ phases: String) throws -> CampaignFile {
    try CampaignFile(
      TomlDocument(text: "schema = 1\nasset = \"A\"\n\(phases)", file: "f.toml"))
  }

  private static let comparison = """
    [[phase]]
    kind = "validate"
    to = "80 %"
    pairs = 4
    prepare = "prepare"
    relax = "relax"
    prescription = { policy = "mpc", horizon = "2 min", cost = { temperature = 0.1 } }
    baseline = { policy = "cccv", current = "3 A", voltage = "4.1 V" }
    limits = { current = "6 A", plating_margin = "10 mV" }

    """

  @Test("each arm is prepared, charged and rested, and neither side has the better places")
  func comparison() throws {
    let phases = try campaign(Self.comparison).phases
    #expect(phases.count == 4 * 2 * 3)
    var arms: [CampaignPhase.Arm] = []
    for start in stride(from: 0, to: phases.count, by: 3) {
      guard case .protocol(let prepare) = phases[start].job,
        case .charge(let job) = phases[start + 1].job, let arm = phases[start + 1].arm,
        case .protocol(let relax) = phases[start + 2].job
      else {
        Issue.record("phase \(start): no arm")
        return
      }
      #expect(prepare.name == "prepare" && relax.name == "relax")
      #expect(job.target == StateOfCharge(0.8))
      #expect(phases[start + 1].limits.platingMargin == Volts(0.01))
      #expect(job.policy == (arm == .baseline ? .cccv : .mpc))
      if arm == .baseline {
        #expect(job.current == .amperes(Amperes(3)) && job.voltage == Volts(4.1))
      } else {
        #expect(job.horizon == Seconds(120) && job.temperatureCost == 0.1)
      }
      arms.append(arm)
    }
    // A cell that drifts linearly favours neither: equal sums of places.
    let places = arms.enumerated().filter { $0.element == .baseline }.map(\.offset)
    #expect(places.count == 4 && places.reduce(0, +) == (0..<8).reduce(0, +) / 2)
    for pair in stride(from: 0, to: 8, by: 2) { #expect(arms[pair] != arms[pair + 1]) }
  }

  private func charge(_ keys: String) throws -> ChargeJob {
    let phases = try campaign("[[phase]]\nkind = \"charge\"\nto = \"80 %\"\n\(keys)\n").phases
    guard case .charge(let job) = phases[0].job else { throw CancellationError() }
    return job
  }

  @Test("a ride may choose the chamber's set-point; what is wrong is said in one line")
  func chamber() throws {
    let job = try charge(
      """
      policy = "ride"
      chamber = { choose = ["10 degC", "35 degC"], time_constant = "8 min" }
      """)
    #expect(job.chamberSetPoints == [Celsius(10), Celsius(35)])
    #expect(job.chamberTimeConstant == Seconds(480))
    #expect(try charge("policy = \"ride\"").chamberSetPoints.isEmpty)
    for (keys, words) in [
      (
        "policy = \"cccv\"\nchamber = { choose = [\"10 degC\"], time_constant = \"8 min\" }",
        "ride or an mpc"
      ),
      ("policy = \"ride\"\nchamber = { choose = [], time_constant = \"8 min\" }", "1 to 8"),
      (
        "policy = \"ride\"\nchamber = { choose = [\"900 degC\"], time_constant = \"8 min\" }",
        "allowed"
      ),
      ("policy = \"ride\"\nchamber = { choose = [\"10 degC\"] }", "time_constant"),
      (
        "policy = \"ride\"\nchamber = { choose = [\"10 degC\"], time_constant = \"0 s\" }",
        "allowed"
      ),
    ] {
      let error = #expect(throws: ProfileError.self) { try charge(keys) }
      #expect("\(try #require(error))".contains(words), "\(keys)")
    }
  }

  @Test("repeat runs the phases before it again")
  func again() throws {
    let two = """
      [[phase]]
      kind = "protocol"
      protocol = "a"
      [[phase]]
      kind = "protocol"
      protocol = "b"
      [[phase]]
      kind = "repeat"
      phases = 2
      times = 3

      """
    let names = try campaign(two).phases.map { phase -> String in
      if case .protocol(let reference) = phase.job { reference.name } else { "" }
    }
    #expect(names == ["a", "b", "a", "b", "a", "b", "a", "b"])
  }

  @Test("a campaign that would not end is refused")
  func endless() {
    let text =
      "[[phase]]\nkind = \"protocol\"\nprotocol = \"a\"\n"
      + String(repeating: "[[phase]]\nkind = \"repeat\"\nphases = 1\ntimes = 600\n", count: 2)
    #expect(throws: ProfileError.self) { try campaign(text) }
  }

  @Test("an identification may be skipped while it is fresh, a missed goal may end the run")
  func identification() throws {
    let phases = try campaign(
      """
      [[phase]]
      kind = "identify"
      budget = "30 min"
      unless_younger_than = "6 h"
      on_missed = "stop"
      goals = { "electrolyte.diffusivity" = "5 %" }
      """
    ).phases
    guard case .identify(let job) = phases[0].job else {
      Issue.record("no identification")
      return
    }
    #expect(job.skipsUntil == Seconds(6 * 3600) && job.onMiss == .stop)
  }
}
