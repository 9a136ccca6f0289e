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
}
