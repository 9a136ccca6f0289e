import CRealtime
import Foundation
import Guard
import Quantities
import Testing
import Transports

@Suite struct GuardLogTests {
  @Test(
    "SAF-001 the log keeps what happened first and last, and a reader that is gone costs nothing")
  func log() {
    var log = GuardLog(descriptor: -1)
    for i in 0..<1_000 { log.say("\(i)") }
    log.sayOnce("999")
    #expect(log.lines.count == 400)
    #expect(log.lines.prefix(200) == (0..<200).map { "\($0)" }[...])
    #expect(log.lines.suffix(200) == (800..<1_000).map { "\($0)" }[...])
  }

  @Test("SAF-001 a line of the log is a page at most, so that a pipe takes it whole or not at all")
  func longLine() throws {
    var ends: [Int32] = [0, 0]
    try require(lockstep_pipe(&ends) == 0)
    defer { for descriptor in ends { close(descriptor) } }
    var log = GuardLog(descriptor: ends[1])
    let words = String(repeating: "x", count: 10_000)
    log.say(words)
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    #expect(read(ends[0], &bytes, bytes.count) == 4_096)
    // A reader that does not read costs the words, not the time, and not what the latch is told.
    for _ in 0..<100 { log.say(words) }
    let kept = read(ends[0], &bytes, bytes.count)
    #expect(kept > 0 && kept % 4_096 == 0 && kept < 100 * 4_096)
    #expect(log.lines == [String](repeating: words, count: 101))
  }

  @Test("SAF-001 the log never waits for a reader, not for a millisecond")
  func logDoesNotWait() throws {
    var ends: [Int32] = [0, 0]
    try require(lockstep_pipe(&ends) == 0)
    defer { for descriptor in ends { close(descriptor) } }
    let filler = [UInt8](repeating: 0, count: 1 << 12)
    while write(ends[1], filler, filler.count) > 0 {}
    var log = GuardLog(descriptor: ends[1])
    // How often this thread went to sleep.
    func sleeps() throws -> Int {
      let status = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
      let match = try #require(status.firstMatch(of: #/\nvoluntary_ctxt_switches:\s*([0-9]+)/#))
      return try #require(Int(match.1))
    }
    let before = try sleeps()
    for i in 0..<1_000 { log.say("\(i)") }
    #expect(try sleeps() - before < 500)
  }
}
