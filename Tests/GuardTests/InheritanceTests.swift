import CRealtime
import Foundation
import Guard
import Testing

@Suite struct InheritanceTests {
  private func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    try require(lockstep_pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  @Test(
    "SAF-001 the heart beats once per 50 ms at most and never blocks on a guard that does not read")
  func heartbeat() throws {
    let ends = try pipe()
    defer { close(ends.read) }
    var heart = Heartbeat(descriptor: ends.write)
    for _ in 0..<1_000 { heart.beat() }
    var bytes = [UInt8](repeating: 0, count: 1 << 17)
    let beats = read(ends.read, &bytes, bytes.count)
    #expect(beats >= 1 && beats < 1_000)
    for _ in 0..<100_000 { heart.madeSafe() }
    #expect(read(ends.read, &bytes, bytes.count) >= 4096)
    #expect(bytes.prefix(4096).allSatisfy { $0 == UInt8(ascii: "s") })
  }

  @Test("SAF-001 a heart that beat 50 ms ago beats again")
  func beatsOn() throws {
    let ends = try pipe()
    defer { close(ends.read) }
    var heart = Heartbeat(descriptor: ends.write)
    for _ in 0..<3 {
      heart.beat()
      // Taken after the beat: its 50 ms are over at this time, however late the beat was.
      let due = lockstep_monotonic_nanoseconds() + 50_000_000
      while lockstep_monotonic_nanoseconds() < due { _ = lockstep_sleep_until(due) }
    }
    var bytes = [UInt8](repeating: 0, count: 16)
    #expect(read(ends.read, &bytes, bytes.count) == 3)
  }

  @Test("SAF-001 the guard is gone when its end of the pipe is closed, not before")
  func guardIsGone() throws {
    let ends = try pipe()
    let pipe = GuardPipe(descriptor: ends.read)
    // An interruption of long ago means nothing.
    errno = EINTR
    let before = pipe.guardIsGone()
    close(ends.write)
    errno = EINTR
    let after = pipe.guardIsGone()
    #expect(!before && after)
    // A pipe that cannot be read is no sign of life.
    let lost = GuardPipe(descriptor: -1).guardIsGone()
    #expect(lost)
  }

  @Test("SAF-001 a controller that was not started by a guard refuses to run")
  func arguments() throws {
    let ends = try pipe()
    defer {
      close(ends.read)
      close(ends.write)
    }
    let port = fcntl(ends.read, F_DUPFD_CLOEXEC, 3)
    defer { close(port) }
    let base = ["--heartbeat", "\(ends.write)", "--guard", "\(ends.read)"]
    let inherited = try ControllerInheritance(
      arguments: ["controller", "run 1"] + base + ["--port", "psu=\(port)"])
    #expect(inherited.ports == ["psu": port])
    let wrong: [[String]] = [
      [], ["--heartbeat", "\(ends.write)"], base + ["--port", "psu"],
      base + ["--port", "=\(port)"],
      base + ["--port", "psu=x"], base + ["--port", "psu=99999"],
      base + ["--port", "psu=\(ends.read)"], base + ["--port", "psu=1"],
      base + ["--port", "psu=\(port)", "--port", "psu=\(port)"],
      ["--heartbeat", "\(ends.read)", "--guard", "\(ends.read)"],
    ]
    for arguments in wrong {
      #expect(throws: BenchStateError.self) { try ControllerInheritance(arguments: arguments) }
    }
  }

  @Test("SAF-001 what a controller inherits is open from 3 on, and its own children get none of it")
  func inherited() throws {
    let ends = try pipe()
    // Kept over exec, as a guard hands them on; 3 is open now, if it was not before.
    let kept = [dup(ends.read), dup(ends.write)]
    let third = fcntl(ends.read, F_DUPFD_CLOEXEC, 3)
    defer { for descriptor in [ends.read, ends.write, third] + kept { close(descriptor) } }
    let isOurs = !kept.contains(3)
    _ = fcntl(3, F_SETFD, 0)
    let inherited = try ControllerInheritance(
      heartbeat: kept[1], guardPipe: kept[0], ports: isOurs ? ["psu=3"] : [])
    #expect(inherited.ports == (isOurs ? ["psu": 3] : [:]))
    #expect((kept + [3]).allSatisfy { fcntl($0, F_GETFD) == FD_CLOEXEC })
  }
}
