import Foundation
import Guard
import Quantities
import Testing

@Suite struct BenchStateTests {
  private func folder() -> String { NSTemporaryDirectory() + "state-\(UUID().uuidString)/a/b" }

  private let record = LatchRecord(
    bench: "demo", runFolder: "/data/run", unixTime: 1_763_836_652.5, reason: "two\nlines: one",
    currentIsGone: true, actions: ["contactor: open: done"], replies: ["meter: 03 04"])

  @Test("SAF-006 a latch of any length is one; of its words 256 KiB are read")
  func longLatch() throws {
    let latch = try BenchLatch(bench: "demo", folder: folder())
    for (padding, reason) in [((1 << 18) - 40, "late"), (1 << 18, "the latch file is damaged")] {
      var long = record
      long.actions = []
      try latch.set(long)
      let text = "action: " + String(repeating: "x", count: padding) + "\nreason: late\n"
      try text.write(toFile: latch.path, atomically: true, encoding: .utf8)
      #expect(latch.standing()?.reason == reason)
    }
  }

  @Test("SAF-006 a latch stands until a named person acknowledges it with a note")
  func acknowledged() throws {
    let latch = try BenchLatch(bench: "demo", folder: folder())
    #expect(latch.standing() == nil)
    #expect(throws: BenchStateError.self) {
      try latch.acknowledge(by: "A", note: "n", unixTime: 0)
    }
    try latch.set(record)
    let again = try BenchLatch(bench: "demo", folder: latch.folder)
    var expected = record
    expected.reason = "two lines: one"
    #expect(again.standing() == expected)
    for (name, note) in [("", "note"), (" ", "note"), ("A. Person", ""), ("A. Person", "\n")] {
      #expect(throws: BenchStateError.self) {
        try again.acknowledge(by: name, note: note, unixTime: 0)
      }
    }
    #expect(again.standing() == expected)
    try again.acknowledge(by: "A. Person", note: "fan replaced", unixTime: 86_400)
    #expect(again.standing() == nil)
    try again.set(record)
    try again.acknowledge(by: "B. Person", note: "again", unixTime: 86_400)
    let history = try String(contentsOfFile: again.historyPath, encoding: .utf8)
    for part in [
      "A. Person", "fan replaced", "B. Person", "1970-01-02T00:00:00Z", "two lines: one",
    ] {
      #expect(history.contains(part))
    }
    let lines = history.split(separator: "\n")
    #expect(lines.filter { $0 == "acknowledged_by: A. Person" || $0 == "note: again" }.count == 2)
  }

  @Test("SAF-006 a latch keeps what tripped, so that it can be looked at again")
  func cause() throws {
    let latch = try BenchLatch(bench: "demo", folder: folder())
    var record = record
    record.reason = "trip"
    record.cause = LatchCause(
      Trip(
        what: "temperature above trip limit", value: 61.25, limit: 60, unit: "degC", origin: .cell,
        time: Seconds(12), requirement: "SAF-004"))
    try latch.set(record)
    #expect(latch.standing() == record)
    #expect(latch.standing()?.cause?.value == 61.25)
    let text = try String(contentsOfFile: latch.path, encoding: .utf8)
    for part in ["cause: temperature", "cause_value: 61.25", "cause_limit: 60", "SAF-004", "degC"] {
      #expect(text.contains(part))
      // Half a cause is none; the latch stands all the same.
      let lines = text.split(separator: "\n").filter { !$0.contains(part) }
      let damaged = LatchRecord(text: lines.joined(separator: "\n"), bench: "demo")
      #expect(damaged.cause == nil && damaged.reason == "trip")
    }
  }

  @Test("SAF-006 a run that just vanishes leaves a latch, in which no current is shown to be gone")
  func vanished() throws {
    let latch = try BenchLatch(bench: "demo", folder: folder())
    try latch.arm(runFolder: "/data/run 7", unixTime: 86_400)
    let standing = try #require(latch.standing())
    #expect(!standing.currentIsGone && standing.runFolder == "/data/run 7")
    #expect(standing.unixTime == 86_400 && standing.reason.contains("both killed"))
    // What the guard latched says more than what it left for its own death.
    try latch.set(record)
    #expect(latch.standing()?.runFolder == "/data/run")
    try latch.acknowledge(by: "A. Person", note: "power was cut", unixTime: 0)
    #expect(latch.standing() == nil)
    try latch.arm(runFolder: "/data/run 8", unixTime: 0)
    try latch.disarm()
    #expect(latch.standing() == nil)
    try latch.disarm()
  }

  @Test("SAF-006 locks and latches live in the user's state folder, by the XDG rule")
  func stateFolder() throws {
    for (state, home, expected) in [
      ("/s", "/h", "/s/lockstep"), ("s", "/h", "/h/.local/state/lockstep"),
      (nil, "/h", "/h/.local/state/lockstep"), ("/s", nil, "/s/lockstep"),
    ] as [(String?, String?, String)] {
      let path = try StateFolder.path { ["XDG_STATE_HOME": state, "HOME": home][$0] ?? nil }
      #expect(path == expected)
    }
    for (state, home) in [(nil, nil), ("s", "h"), ("", "")] as [(String?, String?)] {
      #expect(throws: BenchStateError.self) {
        _ = try StateFolder.path { ["XDG_STATE_HOME": state, "HOME": home][$0] ?? nil }
      }
    }
    let environment = ProcessInfo.processInfo.environment
    let own = try StateFolder.path { environment[$0] }
    #expect(try StateFolder.path() == own)
    #expect(try BenchLatch(bench: "demo").path == own + "/latches/demo.latch")
  }

  @Test("SAF-006 a damaged, empty or unreadable latch is a latch")
  func damaged() throws {
    let latch = try BenchLatch(bench: "demo", folder: folder())
    try latch.set(record)
    let odd = Data("unix_time: soon\nunknown: 1\n".utf8)
    for bytes in [Data(), Data([0xFF, 0, 0x80]), Data("reason".utf8), odd] {
      try bytes.write(to: URL(fileURLWithPath: latch.path))
      #expect(latch.standing()?.currentIsGone == false && latch.standing()?.unixTime == 0)
    }
    try FileManager.default.removeItem(atPath: latch.path)
    try FileManager.default.createDirectory(
      atPath: latch.path, withIntermediateDirectories: false)
    #expect(latch.standing() != nil)
  }

  @Test("SAF-006 a bench's name cannot lead out of the folder of latches")
  func names() {
    for name in [
      "", ".", "..", "../demo", "a/b", "a\nb", "a\u{1F}b", "a\0b",
      String(repeating: "x", count: 101),
    ] {
      #expect(throws: BenchStateError.self) { try BenchLatch(bench: name, folder: "/tmp") }
    }
    for name in ["demo bench 2", "a", String(repeating: "x", count: 100), "a b", "é"] {
      #expect(BenchLatch.isName(name))
    }
  }

  @Test("SAF-006 a second run is refused and told who holds the bench; a port by any of its names")
  func locks() throws {
    let folder = folder()
    do {
      let held = try BenchLock(.bench("demo"), holder: "run 7", folder: folder)
      let error = #expect(throws: BenchStateError.self) {
        _ = try BenchLock(.bench("demo"), holder: "run 8", folder: folder)
      }
      #expect(
        error?.description
          == "bench demo is in use by process \(ProcessInfo.processInfo.processIdentifier): run 7")
      _ = try BenchLock(.bench("other"), holder: "run 8", folder: folder)
      #expect(held.descriptor >= 3)
    }
    _ = try BenchLock(.bench("demo"), holder: "run 9", folder: folder)
    // What cannot be locked, and a folder that cannot be made.
    try FileManager.default.createDirectory(
      atPath: folder + "/bench-odd.lock", withIntermediateDirectories: true)
    for (bench, folder, words) in [
      ("odd", folder, "locking \(folder)/bench-odd.lock fails with errno 21"),
      ("odd", "/proc/self/nowhere", "creating /proc/self/nowhere fails with errno 2"),
    ] {
      let error = #expect(throws: BenchStateError.self) {
        _ = try BenchLock(.bench(bench), holder: "run 8", folder: folder)
      }
      #expect(error?.description == words)
    }
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
    let port = try BenchLock(.port(link), holder: "run 7", folder: folder)
    #expect(throws: BenchStateError.self) {
      _ = try BenchLock(.port("/dev/null"), holder: "run 8", folder: folder)
    }
    #expect(port.descriptor >= 3)
    let network = try BenchLock(.port("127.0.0.1:5020"), holder: "run 7", folder: folder)
    let error = #expect(throws: BenchStateError.self) {
      _ = try BenchLock(.port("127.0.0.1:5020"), holder: "run 8", folder: folder)
    }
    #expect(error?.description.hasPrefix("port 127.0.0.1:5020 is in use by process ") == true)
    #expect(network.descriptor >= 3)
  }

  @Test(
    "SAF-006 a lock's file says in one line who holds it now, and nothing of who held it before")
  func holders() throws {
    let folder = folder()
    let path = folder + "/bench-demo.lock"
    func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    let process = ProcessInfo.processInfo.processIdentifier
    do {
      _ = try BenchLock(
        .bench("demo"), holder: String(repeating: "x", count: 9_000), folder: folder)
    }
    #expect(try text().utf8.count == 4_096)
    let held = try BenchLock(.bench("demo"), holder: "run\n9", folder: folder)
    #expect(try text() == "process \(process): run 9\n")
    // Whoever holds it may not have said so yet.
    try Data().write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: BenchStateError.self) {
      _ = try BenchLock(.bench("demo"), holder: "run 10", folder: folder)
    }
    #expect(error?.description == "bench demo is in use by another run")
    #expect(held.descriptor >= 3)
  }

  @Test("SAF-006 whatever a port is called, its lock is one file in the folder of locks")
  func lockNames() throws {
    let folder = folder()
    for (name, file) in [
      ("x/y", "port-x_y"), ("x\ny", "port-x_y"), ("x\0y", "port-x_y"), ("../x", "port-.._x"),
      (String(repeating: "z", count: 300), "port-" + String(repeating: "z", count: 195)),
    ] {
      _ = try BenchLock(.port(name), holder: "run 7", folder: folder)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [file + ".lock"])
      try FileManager.default.removeItem(atPath: folder + "/" + file + ".lock")
    }
  }
}
