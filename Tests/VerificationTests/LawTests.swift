import Electrochemistry
import Foundation
import Profiles
import Testing
import Verification

/// The suite of `lockstep verify` as tests: each row is a law.
struct LawTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static var profiles: String { root.appending(path: "profiles").path }
  private static var trajectories: URL { root.appending(path: "fixtures/reference") }

  @Test("closed forms, balances, refinement", arguments: VerificationSuite.kinds.map(\.0))
  func laws(kind: String) throws {
    let cell = try CellFile.load(Self.root.appending(path: "profiles/cells/chen2020.json").path)
    let found = try #require(VerificationSuite.kinds.first { $0.0 == kind })
    let section = try found.1(cell)
    #expect(!section.rows.isEmpty)
    for row in section.rows { #expect(row.passed, "\(row.name): \(row.observed), \(row.bound)") }
  }

  @Test(
    "trajectories of an independent code",
    arguments: try ReferenceCase.all(in: trajectories).filter { $0.skipped == nil }.map {
      "\($0.set)/\($0.name)"
    })
  func trajectory(name: String) throws {
    let cases = try ReferenceCase.all(in: Self.trajectories)
    let reference = try #require(cases.first { "\($0.set)/\($0.name)" == name })
    let row = TrajectoryLaws.row(reference, profiles: Self.profiles)
    #expect(row.passed, "\(row.observed); \(row.bound)")
  }

  @Test("every model and every cell is among the trajectories")
  func coverage() throws {
    let cases = try ReferenceCase.all(in: Self.trajectories).filter { $0.skipped == nil }
    #expect(Set(cases.map(\.set)).count == 6)
    for model in ["SPM_", "SPMe_", "DFN_"] {
      #expect(cases.contains { $0.name.hasPrefix(model) }, "\(model)")
    }
    #expect(cases.count >= 50)
  }
}
