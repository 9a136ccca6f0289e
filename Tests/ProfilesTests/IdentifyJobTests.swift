import Electrochemistry
import Profiles
import Quantities
import Testing

/// A campaign's phase that identifies.
struct IdentifyJobTests {
  private func phase(_ lines: String) throws -> CampaignPhase {
    let text = "schema = 1\nasset = \"A\"\n[[phase]]\nkind = \"identify\"\n\(lines)\n"
    return try #require(try CampaignFile(TomlDocument(text: text, file: "c.toml")).phases.first)
  }

  private func refusal(_ lines: String) -> String {
    do {
      _ = try phase(lines)
      return "taken"
    } catch { return "\(error)" }
  }

  @Test("goals, budget, round and limits are read; a round is ten minutes or the budget")
  func reads() throws {
    let goals = "goals = { \"electrolyte.diffusivity\" = \"4 %\" }"
    let read = try phase("budget = \"30 min\"\n\(goals)\nlimits = { plating_margin = \"10 mV\" }")
    guard case .identify(let job) = read.job else {
      Issue.record("no identification")
      return
    }
    #expect(job.goals.map(\.parameter) == [.electrolyteDiffusivity])
    #expect(job.goals.map(\.sd) == [0.04])
    #expect(job.budget == Seconds(1800) && job.round == Seconds(600))
    #expect(read.limits.platingMargin == Volts(0.01))
    guard case .identify(let short) = try phase("budget = \"5 min\"\n\(goals)").job else { return }
    #expect(short.round == Seconds(300))
  }

  @Test("what cannot be meant is refused with its line")
  func refusals() {
    let goals = "goals = { \"electrolyte.diffusivity\" = \"4 %\" }"
    #expect(refusal(goals).contains("budget: missing"))
    #expect(refusal("budget = \"30 min\"").contains("goals"))
    #expect(refusal("budget = \"30 min\"\ngoals = {}").contains("a parameter"))
    #expect(
      refusal("budget = \"30 min\"\ngoals = { \"electrolyte.difusivity\" = \"4 %\" }")
        .contains("did you mean \"electrolyte.diffusivity\""))
    #expect(
      refusal("budget = \"10 min\"\nround = \"20 min\"\n\(goals)").contains("at most the budget"))
    #expect(
      refusal("budget = \"30 min\"\ngoals = { \"electrolyte.diffusivity\" = \"0 %\" }") != "taken")
  }
}
