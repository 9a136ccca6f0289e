import Foundation
import Testing

@Suite("The house stands as drawn")
struct FloorTests {
  @Test(
    "the manifest's targets are the drawing's, and depend on nothing above or beside the drawing")
  func manifest() throws {
    let targets = try dumpedTargets()
    #expect(Set(targets.keys) == Set(House.rooms.keys))
    for (name, dependencies) in targets where name != "lockstep" {
      let beyond = Set(dependencies).subtracting(House.reach(name))
      #expect(beyond.isEmpty, "\(name) depends on \(beyond.sorted())")
    }
  }

  @Test("no room is drawn importing its own floor's neighbours or anything above")
  func drawing() {
    for (name, room) in House.rooms where room.imports != ["*"] {
      for other in room.imports {
        guard let floor = House.rooms[other]?.floor else { continue }
        #expect(floor < room.floor, "\(name) on floor \(room.floor) imports \(other) on \(floor)")
      }
    }
  }

  @Test("every import in the sources is within reach; no Foundation on floors 0 to 2")
  func imports() throws {
    let system: Set<String> = ["Foundation", "Dispatch", "Glibc", "Synchronization"]
    var seen = 0
    for (name, room) in House.rooms where name != "lockstep" {
      for file in House.swiftFiles(in: "Sources/\(name)") {
        for module in try House.importedModules(in: file) {
          seen += 1
          if system.contains(module) {
            #expect(
              module != "Foundation" || room.floor > 2, "\(file.lastPathComponent): Foundation")
          } else {
            #expect(
              House.reach(name).contains(module),
              "\(name)/\(file.lastPathComponent) imports \(module)")
          }
        }
      }
    }
    #expect(seen > 50)
  }

  @Test("no file over 400 lines, no name that says nothing")
  func sizes() throws {
    for file in House.swiftFiles(in: "Sources") + House.swiftFiles(in: "Tests") {
      let lines = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(lines <= 400, "\(file.lastPathComponent) has \(lines) lines")
      let empty = ["Util", "Helper", "Manager", "Common", "Misc"]
      #expect(!empty.contains { file.lastPathComponent.contains($0) }, "\(file.lastPathComponent)")
    }
  }

  @Test("the sources obey .swift-format")
  func format() throws {
    let result = try run(["swift", "format", "lint", "--strict", "--recursive", "Sources", "Tests"])
    #expect(result.status == 0, "\(result.error.prefix(2000))")
  }

  private func dumpedTargets() throws -> [String: [String]] {
    // A place of its own: the one that is tested is locked by whoever runs the tests.
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let dump = try run(["swift", "package", "--scratch-path", scratch.path, "dump-package"])
    try #require(dump.status == 0, "\(dump.error)")
    let json = try #require(
      JSONSerialization.jsonObject(with: dump.output) as? [String: Any])
    let targets = try #require(json["targets"] as? [[String: Any]])
    return try targets.reduce(into: [:]) { result, target in
      // Laws and what they share stand under Tests/ and are exempt.
      let path = target["path"] as? String ?? ""
      guard target["type"] as? String != "test", !path.hasPrefix("Tests/") else { return }
      let name = try #require(target["name"] as? String)
      let dependencies = target["dependencies"] as? [[String: Any]] ?? []
      result[name] = dependencies.compactMap { entry in
        (entry["byName"] as? [Any] ?? entry["product"] as? [Any])?.first as? String
      }
    }
  }

  private func run(_ words: [String]) throws -> (status: Int32, output: Data, error: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = House.root
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, data, try String(contentsOf: errors, encoding: .utf8)
    )
  }
}
