import Foundation
import Journal
import JournalTestKit
import Records
import Testing

@Suite("A run is found by what a person calls it")
struct RunFolderTests {
  let folder: TemporaryFolder
  let runs: String

  init() throws {
    folder = try TemporaryFolder()
    runs = RunFolder.runs(under: folder.path)
    // Names sort the other way round than the starts do.
    for (name, start) in [("b-first", 100.0), ("a-second", 200.0)] {
      let place = runs + "/" + name
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      let writer = try JournalWriter.open(directory: place)
      try writer.append([
        .header(
          RunHeader(
            run: name, asset: "A", bench: "B", unixStart: start, pace: "stepped", version: "0",
            versions: [:], researchOverride: nil, scanPeriod: 1, controlPeriod: 1))
      ])
      try writer.close()
    }
    // What is no run is passed over: an empty folder, a stray file, a journal without a header.
    try FileManager.default.createDirectory(
      atPath: runs + "/empty", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: runs + "/headless", withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: runs + "/stray"))
    try JournalWriter.open(directory: runs + "/headless").close()
  }

  @Test("latest is the run that began last, whatever its name")
  func latest() throws {
    #expect(try RunFolder.locate("latest", in: runs) == runs + "/a-second")
    #expect(RunFolder.list(runs).map(\.start).sorted() == [100, 200])
  }

  @Test(
    "a name, a folder and the file itself lead to the same journal",
    arguments: ["b-first", "PLACE/b-first", "PLACE/b-first/journal.sqlite"])
  func names(name: String) throws {
    let place = try RunFolder.locate(name.replacingOccurrences(of: "PLACE", with: runs), in: runs)
    let header = try JournalReader(place).read { try $0.header() }
    #expect(header?.run == "b-first")
  }

  @Test("what is not there is refused in one line that names it")
  func unknown() throws {
    for name in ["nope", "empty", "stray", "/nowhere/at/all", "nope.sqlite"] {
      let error = #expect(throws: JournalError.self) {
        try RunFolder.locate(name, in: runs)
      }
      #expect(error?.description.contains(name) == true)
      #expect(error?.description.contains("\n") == false)
    }
    #expect(throws: JournalError.self) {
      try RunFolder.locate("latest", in: folder.path + "/none")
    }
  }
}
