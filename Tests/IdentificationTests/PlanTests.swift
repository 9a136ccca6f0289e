import Identification
import Profiles
import Testing

struct PlanTests {
  static func plan(_ text: String) throws -> FitPlan {
    let head = """
      schema = 1
      title = "T"
      description = "D"
      references = "R"
      base = "\(Fixture.path("profiles/cells/chen2020.json"))"
      [records]
      voltage_sd = "5 mV"

      """
    return try FitPlan(TomlDocument(text: head + text, file: "plan.toml"))
  }

  static let record = "[[record]]\nfile = \"a.csv\"\n"

  @Test("the shipped plans are read", arguments: CellFileTests.names)
  func shipped(name: String) throws {
    let plan = try FitPlan(path: Fixture.path("profiles/fits/\(name).toml"))
    #expect(plan.records.contains { $0.isHeldBack } && plan.records.contains { !$0.isHeldBack })
    #expect(Set(plan.parameters.map(\.name)).count == plan.parameters.count)
  }

  @Test("factors are logarithms inside, energies are added")
  func values() throws {
    let plan = try Self.plan(
      Self.record + """
        [[parameter]]
        name = "negative_electrode.diffusivity"
        prior = 2
        sd = 0.5
        bounds = [1, 4]
        [[parameter]]
        name = "electrolyte.conductivity_activation_energy"
        sd = 5000
        """)
    #expect((plan.parameters[0].prior - 0.6931471805599453).magnitude < 1e-15)
    #expect(plan.parameters[0].bounds.lowerBound == 0)
    #expect(plan.parameters[1].bounds == -20000...20000)
    #expect(plan.records[0].voltageSD == 0.005)
  }

  @Test(
    "what cannot be meant is refused with its line",
    arguments: [
      ("[[parameter]]\nname = \"nonsense\"\nsd = 1\n", "no such parameter"),
      ("[[parameter]]\nname = \"cell.heat_capacity\"\nsd = 0\n", "is allowed"),
      (
        "[[parameter]]\nname = \"cell.heat_capacity\"\nsd = 1\nprior = 2\nbounds = [3, 4]\n",
        "must hold the prior"
      ),
      (
        "[[correction]]\nfunction = \"negative_electrode.ocp\"\nwidth = 0.1\nsd = 0.01\n",
        "at least one stoichiometry"
      ),
      ("[[record]]\nfile = \"b.csv\"\nfrom = \"9 s\"\nto = \"3 s\"\n", "must be before"),
      ("[[record]]\nfile = \"b.csv\"\nholdback = true\n", "holdback"),
    ])
  func refusals(text: String, words: String) throws {
    let error = #expect(throws: ProfileError.self) { try Self.plan(Self.record + text) }
    #expect(error?.line != nil && "\(error!)".contains(words), "\(error!)")
  }

  @Test("a plan without records is refused")
  func empty() {
    #expect(throws: ProfileError.self) { try Self.plan("") }
  }
}
