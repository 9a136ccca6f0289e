import Foundation
import Guard
import Quantities
import Testing

/// The hour after a trip: looked at, never acted on.
@Suite(.serialized) struct WatchTests {
  private func bench(_ script: String, seconds: UInt32) throws -> TestBench {
    let bench = try TestBench(script)
    bench.orders.plan.watch = [bench.orders.plan.verification.device]
    bench.orders.plan.watchSeconds = seconds
    return bench
  }

  private func logged(_ bench: TestBench) throws -> [[Substring]] {
    try String(contentsOfFile: bench.orders.runFolder + "/after-trip.log", encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: " ", maxSplits: 2) }
  }

  @Test(
    "SAF-009 SAF-013 after a death raw replies go to the run's folder, and only reads to the bench")
  func watches() throws {
    let bench = try bench("kill -9 $$", seconds: 2)
    #expect(try bench.exitStatus() == 3)
    let lines = try logged(bench)
    #expect(!bench.stderr.contains("meter: read current: done"))
    // One look a second at most; one that was missed is not made up for.
    #expect((1...2).contains(lines.count))
    let looks = lines.compactMap { Double($0[0]) }
    let span = (looks.last ?? .nan) - (looks.first ?? .nan)
    #expect(span < 2 && (lines.count == 1 || span > 0.5))
    for fields in lines {
      let time = try #require(Double(fields[0]))
      #expect(abs(time - Date().timeIntervalSince1970) < 3_600)
      #expect(fields[1] == "meter")
      let reply = fields[2].split(separator: " ").compactMap { UInt8($0, radix: 16) }
      #expect(reply == framed([3, 4, 4, 0x3A, 0x83, 0x12, 0x6F]))  // 0.001 A as IEEE 754 single
    }
    // Nothing ever went to a device that is not a question or what makes it safe.
    #expect(bench.timeline.requests(of: "meter").allSatisfy { $0 == TestBench.readCurrent })
    #expect(
      bench.timeline.requests(of: "contactor").allSatisfy { $0 == TestBench.openContactor })
    #expect(bench.timeline.requests(of: "psu").allSatisfy { $0 == TestBench.outputOff })
    let safe = bench.timeline.devices.lastIndex { $0 != "meter" } ?? -1
    #expect(bench.timeline.devices.count - 1 - safe == 3 + lines.count)
    #expect(
      bench.stderr.contains(
        "watching meter for 2 s (\(bench.orders.runFolder)/after-trip.log); interrupt to end it\n"))
    #expect(bench.stderr.hasSuffix("the watch is over\n"))
    bench.close()
  }

  @Test("SAF-009 a look that was missed is not made up for")
  func slow() throws {
    let bench = try TestBench("kill -9 $$", psu: .deaf, timeout: 60)
    // The meter answers, the supply keeps each look for a second and a half.
    var psu = bench.orders.plan.verification.device
    (psu.name, psu.descriptor) = ("psu", bench.psu.slave)
    psu.exchanges[0].replyTimeoutMilliseconds = 1_500
    psu.exchanges[0].attempts = 1
    bench.orders.plan.watch = [bench.orders.plan.verification.device, psu]
    bench.orders.plan.verification.device.exchanges[0].replyTimeoutMilliseconds = 5_000
    bench.orders.plan.watchSeconds = 3
    #expect(try bench.exitStatus() == 3)
    #expect((1...2).contains(try logged(bench).count))
    bench.close()
  }

  @Test("SAF-009 a controller that confirmed safe has watched itself", arguments: [0, 1, 3])
  func confirmed(status: Int32) throws {
    let bench = try bench("printf hs >&$2; exit \(status)", seconds: 2)
    bench.timeline.switchEverythingOff()
    #expect(try bench.exitStatus() == status)
    #expect(!bench.stderr.contains("watch"))
    bench.close()
  }

  @Test(
    "SAF-009 a bench without a watch is left at once; one of a second is watched",
    arguments: [0, 1])
  func shortest(seconds: UInt32) throws {
    let bench = try bench("kill -9 $$", seconds: seconds)
    #expect(try bench.exitStatus() == 3)
    #expect(bench.stderr.contains("the watch is over") == (seconds == 1))
    bench.close()
  }

  @Test("SAF-009 a signal ends the watch; safe and latched were said before it")
  func signalled() throws {
    let bench = try bench("kill -9 $$", seconds: 604_800)
    let guardian = try bench.start()
    try bench.awaitWords("watching meter")
    #expect(try bench.latch().standing()?.currentIsGone == true)
    kill(guardian, SIGQUIT)
    #expect(bench.end(of: guardian) == 3 << 8)
    let words = bench.stderr
    #expect(words.hasSuffix("signal 15: the watch ends\n"))
    let safe = try #require(words.range(of: "is safe and latched"))
    let watching = try #require(words.range(of: "watching meter"))
    #expect(safe.lowerBound < watching.lowerBound)
    bench.close()
  }

  @Test("SAF-009 a run folder that takes nothing costs the record, not the status")
  func noFolder() throws {
    for folder in ["/proc/self/nowhere", "/dev"] {
      let bench = try bench("kill -9 $$", seconds: 2)
      let runFolder = bench.orders.runFolder
      bench.orders.runFolder = folder
      if folder == "/dev" {
        // The log's name is taken by a folder.
        bench.orders.runFolder = runFolder
        try FileManager.default.createDirectory(
          atPath: runFolder + "/after-trip.log", withIntermediateDirectories: true)
      }
      #expect(try bench.exitStatus() == 3)
      #expect(bench.stderr.contains(": no watch"))
      bench.close()
    }
  }

  @Test("SAF-009 a full disk is said once and the watch goes on")
  func fullDisk() throws {
    let bench = try bench("kill -9 $$", seconds: 3)
    try FileManager.default.createDirectory(
      atPath: bench.orders.runFolder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: bench.orders.runFolder + "/after-trip.log", withDestinationPath: "/dev/full")
    #expect(try bench.exitStatus() == 3)
    let words = bench.stderr
    #expect(words.components(separatedBy: "writing after-trip.log fails with errno 28").count == 2)
    #expect(words.hasSuffix("the watch is over\n"))
    bench.close()
  }

  /// How many descriptors of this process are of files in `folder`.
  private func openFiles(in folder: String) -> Int {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return all.count {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)
      return target?.hasPrefix(folder) == true
    }
  }

  @Test("SAF-009 the log is on the disk once a minute, and let go of at its end")
  func synced() throws {
    let folder = NSTemporaryDirectory() + "watch-\(UUID().uuidString)"
    do {
      var log = try AfterTripLog(runFolder: folder, now: 0)
      let written = [
        log.append([("t 1", [1, 0xAB])], unixTime: 1.5, now: 59_000_000_000),
        log.append([], unixTime: 2.5, now: 61_000_000_000),
        log.append([("t\n2", [255])], unixTime: 3.5, now: 62_000_000_000),
      ]
      #expect(written == [nil, nil, nil])
      #expect(openFiles(in: folder) == 1)
    }
    #expect(openFiles(in: folder) == 0)
    let text = try String(contentsOfFile: folder + "/after-trip.log", encoding: .utf8)
    #expect(text == "1.5 t 1 01 ab\n3.5 t 2 ff\n")
    // Anybody may read it, as far as the user lets them; nobody can run it.
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/after-trip.log")
    let mode = try #require(attributes[.posixPermissions] as? Int)
    #expect(mode & 0o600 == 0o600 && mode & ~0o644 == 0)
  }
}
