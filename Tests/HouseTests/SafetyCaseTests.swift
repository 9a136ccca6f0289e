import Foundation
import Testing

@Suite("The safety case is what the sources say")
struct SafetyCaseTests {
  /// Oracle of its own: plain text search, not the command's reader.
  @Test("every requirement SAF-001 to SAF-017 has at least one test", arguments: 1...17)
  func everyRequirement(_ number: Int) throws {
    let id = "SAF-" + String(format: "%03d", number)
    let carriers = try House.swiftFiles(in: "Tests").filter { file in
      // This file names them all.
      guard file.lastPathComponent != "SafetyCaseTests.swift" else { return false }
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      return lines.indices.contains { index in
        // The title stands on the line of `@Test(` or on the next.
        lines[index].contains(id)
          && (lines[index].contains("@Test(") || index > 0 && lines[index - 1].contains("@Test("))
      }
    }
    #expect(!carriers.isEmpty, "no test carries \(id)")
  }

  @Test("bench-docs/safety-case.md is what `make safety-case` writes")
  func page() throws {
    let process = Process()
    process.executableURL = try Self.binary()
    process.arguments = ["safety-case", "--sources", House.root.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let page = try Data(contentsOf: House.root.appending(path: "bench-docs/safety-case.md"))
    #expect(page == data, "make safety-case")
  }

  /// The command of this build: beside the test bundle.
  private static func binary() throws -> URL {
    let start = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
    let folders = [start, URL(filePath: CommandLine.arguments[0])] + bundles
    let places = folders.map { $0.deletingLastPathComponent().appending(path: "lockstep") }
    return try #require(
      places.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "\(places)")
  }
}
