import CRealtime
import Foundation

/// Which tests are tried on a mutant, in this order, until one fails.
struct MutantStage {
  var name: String
  var filter: String
  var skip: String?
  /// Seconds without a mutant.
  var baseline = 0.0

  /// A mutant that takes so long hangs.
  var patience: Double { 3 * baseline + 5 }

  static func stages(of file: String) -> [MutantStage] {
    guard file.hasPrefix("Guard/") else {
      return [MutantStage(name: "unit", filter: "SafetyTests")]
    }
    let processes = "GuardProcessTests|WatchTests|PortTests"
    return [
      MutantStage(name: "unit", filter: "GuardTests", skip: processes + "|CodingTests"),
      MutantStage(name: "coding", filter: "CodingTests"),
      MutantStage(name: "processes", filter: "GuardProcessTests|WatchTests"),
    ]
  }
}

/// One run of some tests with one mutant alive.
struct MutantTrial {
  private let child: Child
  private let end: Int64
  let id: Int

  init(_ build: MutantBuild, _ id: Int, _ stage: MutantStage) throws {
    self.id = id
    // A guard is a real-time process: one that a mutant made spin would take a core from everybody else.
    var words = [
      "prlimit", "--rttime=3000000", "./.build/release/lockstepPackageTests.xctest",
      "--testing-library", "swift-testing",
      "--filter", stage.filter,
    ]
    if let skip = stage.skip { words += ["--skip", skip] }
    child = try Child(words, environment: ["LOCKSTEP_MUTANT": "\(id)"], in: build.package.path)
    end = lockstep_monotonic_nanoseconds() + Int64(stage.patience * 1e9)
  }

  /// How the mutant died, "survived", or nil while the tests run.
  func result() -> String? {
    if child.hasEnded {
      switch child.end(within: 0) ?? 0 {
      case 0: return "survived"
      case let status where status < 0: return "killed by signal \(-status)"
      default: return "killed"
      }
    }
    if lockstep_monotonic_nanoseconds() >= end { return "killed by time" }
    return child.output.contains("recorded an issue") ? "killed" : nil
  }

  /// Ends what is left of it, also what the tests started: they are found by their environment.
  func clear() {
    child.stop()
    let mark = Data("LOCKSTEP_MUTANT=\(id)\0".utf8)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = Int32(name), process != getpid(),
        let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
        environment.range(of: mark) != nil
      else { continue }
      kill(process, SIGKILL)
    }
  }
}
