import ArgumentParser
import Foundation

/// Every line of Safety and Guard is executed by their own tests, or its place is named.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage", abstract: "Line coverage of Safety and Guard by their tests.")

  @Option(help: "Rooms that must be covered whole.")
  var rooms = "Safety,Guard"

  func run() throws {
    let package = try ScratchPackage(".build/coverage")
    // Counts of an earlier build or run would be merged in.
    let folder = package.path + "/.build/debug/codecov"
    try? FileManager.default.removeItem(atPath: folder)
    let child = try Child(
      ["swift", "test", "--enable-code-coverage", "--scratch-path", ".build"], in: package.path)
    guard child.end(within: 1_200) == 0 else {
      throw ProofFailure("coverage: the tests fail: \(child.output.suffix(3_000))")
    }
    let misses = try LineCoverage(
      profile: folder + "/default.profdata",
      binary: package.path + "/.build/debug/lockstepPackageTests.xctest")
    var isWhole = true
    for room in rooms.split(separator: ",") {
      let lines = misses.lines.filter { $0.file.contains("/Sources/\(room)/") }
      let missed = lines.filter { $0.count == 0 }
      for line in missed {
        let name = line.file.components(separatedBy: "/Sources/").last ?? line.file
        print("Sources/\(name):\(line.number): never executed")
      }
      isWhole = isWhole && missed.isEmpty && !lines.isEmpty
      print(
        "\(room): \(lines.count - missed.count) of \(lines.count) lines executed"
          + (missed.isEmpty ? "" : ", all wanted"))
    }
    if !isWhole { throw ExitCode(1) }
  }
}
