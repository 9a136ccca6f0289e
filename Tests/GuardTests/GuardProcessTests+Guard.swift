import CRealtime
import Foundation
import Guard
import Quantities
import Testing

extension GuardProcessTests {
  @Test("SAF-001 a controller sees its guard die and can make the bench safe by itself")
  func guardDies() throws {
    let bytes = TestBench.openContactor.map { String(format: "\\x%02x", $0) }.joined()
    let port = "${6#contactor=}"
    let bench = try TestBench(
      "printf h >&$2; kill -9 $PPID; read -t 60 -u $4; [ $? = 1 ] && printf '\(bytes)' >&\(port)")
    #expect(try bench.run() & 0x7F == 9)
    bench.timeline.awaitRequest(of: "contactor")
    #expect(bench.timeline.requests(of: "contactor") == [TestBench.openContactor])
    #expect(try bench.latch().standing() != nil)
    bench.close()
  }

  @Test("SAF-006 guard and controller both killed leave a latched bench")
  func bothKilled() throws {
    let bench = try TestBench("printf h >&$2; kill -9 $PPID $$")
    #expect(try bench.run() & 0x7F == 9)
    let latch = try bench.latch()
    #expect(latch.standing()?.reason.contains("both killed") == true)
    try latch.acknowledge(by: "A. Person", note: "looked at it", unixTime: 0)
    #expect(latch.standing() == nil)
    bench.close()
  }

  @Test("SAF-006 a bench that cannot be latched is not run")
  func noPlaceForTheLatch() throws {
    let bench = try TestBench("touch started")
    bench.orders.latchFolder = "/proc/self/nowhere"
    #expect(try bench.exitStatus() == 3)
    #expect(!FileManager.default.fileExists(atPath: bench.folder + "/started"))
    #expect(bench.stderr.hasSuffix("; the run is not started\n"))
    bench.close()
  }

  @Test("SAF-001 the controller inherits its ports, its locks, two pipe ends and nothing else")
  func inheritance() throws {
    let bench = try TestBench(
      "printf h >&$2; echo $2 $4 ${@:5} >given; ls /proc/$$/fd >open; printf s >&$2; exit 0")
    bench.timeline.switchEverythingOff()
    let lock = try BenchLock(.bench("test"), holder: "a test", folder: bench.folder).release()
    bench.orders.locks = [lock]
    // The guard itself is started with one that is nobody's business; 3 is open, if it was not before.
    let third = fcntl(lock, F_DUPFD_CLOEXEC, 3)
    bench.more = [3]
    #expect(try bench.exitStatus() == 0)
    for descriptor in [lock, third] { close(descriptor) }
    let given = try String(contentsOfFile: bench.folder + "/given", encoding: .utf8)
      .split { " \n".contains($0) }.filter { $0 != "--port" }
      .compactMap { Int32($0.split(separator: "=").last ?? "") }
    let open = try String(contentsOfFile: bench.folder + "/open", encoding: .utf8)
      .split(separator: "\n").compactMap { Int32($0) }
    #expect(given.count == 5)
    #expect(Set(open) == Set(given + [lock, 0, 1, 2]))
    bench.close()
  }

  @Test("SAF-001 a guard is found by its name among the processes, whatever its file is called")
  func name() throws {
    let bench = try TestBench(
      "printf h >&$2; read name </proc/$PPID/comm; echo $name >name; printf s >&$2; exit 0")
    bench.timeline.switchEverythingOff()
    let link = bench.folder + "/renamed"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: bench.program)
    bench.program = link
    #expect(try bench.exitStatus() == 0)
    #expect(
      try String(contentsOfFile: bench.folder + "/name", encoding: .utf8) == "lockstep-guard\n")
    bench.close()
  }

  @Test("SAF-001 damaged orders start nothing", arguments: [0, 5, 20, 100])
  func damagedOrders(byte: Int) throws {
    let bench = try TestBench("touch started")
    var bytes = try bench.orders.encoded()
    bytes[byte] ^= 0x10
    #expect(throws: ByteCodingError.self) { try GuardOrders.decode(bytes) }
    bench.close()
  }
}
