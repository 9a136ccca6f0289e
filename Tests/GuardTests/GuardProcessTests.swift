import CRealtime
import Foundation
import Guard
import Quantities
import Testing

/// The real guard over real ptys. Only order and outcome are asserted, never a time.
@Suite(.serialized) struct GuardProcessTests {
  /// Contactor first, then the supply, then the meter; what a guard that took over must have done.
  private func requireMadeSafe(
    _ bench: TestBench, _ sourceLocation: SourceLocation = #_sourceLocation
  )
    throws
  {
    let devices = bench.timeline.devices
    let contactor = try #require(
      devices.firstIndex(of: "contactor"), sourceLocation: sourceLocation)
    let supply = try #require(devices.firstIndex(of: "psu"), sourceLocation: sourceLocation)
    let meter = try #require(devices.firstIndex(of: "meter"), sourceLocation: sourceLocation)
    #expect(max(contactor, supply) < meter, sourceLocation: sourceLocation)
    #expect(devices.suffix(3) == ["meter", "meter", "meter"], sourceLocation: sourceLocation)
    #expect(
      bench.timeline.requests(of: "contactor").allSatisfy { $0 == TestBench.openContactor },
      sourceLocation: sourceLocation)
    let record = try #require(try bench.latch().standing(), sourceLocation: sourceLocation)
    #expect(record.currentIsGone, sourceLocation: sourceLocation)
    #expect(record.replies.contains { $0.hasPrefix("meter: 03 04 04") })
    #expect(!FileManager.default.fileExists(atPath: try bench.latch().runningPath))
  }

  @Test(
    "SAF-001 SAF-006 a controller that dies, hangs or leaves is replaced by the safe plan, contactor first",
    arguments: [
      ("kill -9", "printf h >&$2; kill -9 $$", "was killed by signal 9"),
      ("killed before its first beat", "kill -9 $$", "was killed by signal 9"),
      ("stopped", "printf h >&$2; kill -STOP $$", "no heartbeat"),
      ("exit 0 without its word", "printf h >&$2; exit 0", "exited with status 0"),
      (
        "heart closed", "printf h >&$2; eval \"exec $2>&-\"; read -t 60 -u $4",
        "closed its heartbeat pipe"
      ),
      ("killed after its word", "printf hs >&$2; kill -9 $$", "was killed by signal 9"),
      ("safe by its word only", "printf hs >&$2; exit 0", "the meter does not confirm it"),
    ])
  func takesOver(name: String, script: String, reason: String) throws {
    let bench = try TestBench(
      "echo $$ >controller\n" + script, silence: name == "stopped" ? 100 : 10_000)
    let start = lockstep_monotonic_nanoseconds()
    #expect(try bench.exitStatus() == 3)
    let took = Double(lockstep_monotonic_nanoseconds() - start) / 1e6
    // Whatever it was up to, it is dead.
    let process = try String(contentsOfFile: bench.folder + "/controller", encoding: .utf8)
    let controller = try #require(Int32(process.dropLast()))
    #expect(kill(controller, 0) == -1)
    // Asking the meter before replaying is right when the controller gave its word.
    if name != "safe by its word only" { try requireMadeSafe(bench) }
    let record = try #require(try bench.latch().standing())
    #expect(record.currentIsGone)
    #expect(record.reason.contains(reason), "\(record.reason)")
    #expect(bench.stderr.contains("meter: current is gone: last 0.001"))
    #expect(!bench.stderr.contains("meter: read current: done"))
    #expect(
      bench.stderr.contains("\(record.reason): killed\n")
        == ["stopped", "heart closed"].contains(name))
    #expect(record.actions.contains("psu: output off: done"))
    #expect(record.actions.contains("\(record.reason): the safe plan was replayed"))
    let first = record.actions.filter { $0.hasPrefix("first bytes after the death: ") }
    #expect(first.count == 1)
    // From the death on, not from some other time.
    let sent = try #require(first.first?.firstMatch(of: #/contactor ([0-9.]+) ms/#))
    #expect(try #require(Double(sent.1)) <= took)
    #expect(
      record.replies.map { String($0.prefix { $0 != ":" }) } == ["contactor", "meter", "psu"])
    #expect(abs(record.unixTime - Date().timeIntervalSince1970) < 3_600)
    bench.close()
  }

  @Test("SAF-001 a controller that cannot be started leaves a safe, latched bench")
  func notStarted() throws {
    let bench = try TestBench("")
    bench.orders.controller = "/nonexistent/lockstep"
    #expect(try bench.exitStatus() == 3)
    try requireMadeSafe(bench)
    let reason = try bench.latch().standing()?.reason
    #expect(reason == "the controller could not be started: errno 2")
    bench.close()
  }

  @Test("SAF-001 what a dead controller started does not live on beside the guard")
  func leavesNobody() throws {
    let bench = try TestBench("sleep 600 & printf h >&$2; kill -9 $$")
    // Its child would hold the bench's lock for ten minutes.
    let lock = try BenchLock(.bench("test"), holder: "r", folder: bench.folder).release()
    bench.orders.locks = [lock]
    #expect(try bench.exitStatus() == 3)
    close(lock)
    let isFree = (0..<2_000).contains { _ in
      if (try? BenchLock(.bench("test"), holder: "s", folder: bench.folder)) != nil { return true }
      poll(nil, 0, 10)
      return false
    }
    #expect(isFree)
    bench.close()
  }

  @Test(
    "SAF-001 noise, late and damaged replies do not keep the guard from its work",
    arguments: [TestDevice.Manner.garbageFirst, .staleFirst, .refusesOnce])
  func badLine(manner: TestDevice.Manner) throws {
    // Half of a reply to the dead controller stands on each line before the guard speaks.
    let bench = try TestBench(
      "kill -9 $$", contactor: manner, psu: manner, meter: manner, pending: [3, 4, 4, 0x3F])
    #expect(try bench.exitStatus() == 3)
    try requireMadeSafe(bench)
    #expect(bench.timeline.requests(of: "contactor") == [TestBench.openContactor])
    #expect(bench.timeline.requests(of: "psu") == [TestBench.outputOff])
    let record = try #require(try bench.latch().standing())
    let again = manner == .refusesOnce ? " (attempt 2)" : ""
    #expect(record.actions.contains("contactor: open: done" + again))
    #expect(
      record.actions.contains("contactor: open: refused with exception 4")
        == (manner == .refusesOnce))
    bench.close()
  }

  @Test("SAF-001 a silent contactor does not keep the supply on")
  func silentContactor() throws {
    let bench = try TestBench("kill -9 $$", contactor: .deaf, timeout: 60)
    #expect(try bench.exitStatus() == 3)
    let record = try #require(try bench.latch().standing())
    #expect(record.currentIsGone)
    for words in ["", " (attempt 2)", " (attempt 3)"] {
      #expect(record.actions.contains("contactor: open: no reply in 60 ms" + words))
    }
    // Told once more after the current was gone: the line may have cleared.
    #expect(bench.timeline.requests(of: "psu").count > 1)
    bench.close()
  }

  @Test(
    "SAF-001 a pulled cable is said once, by name, and who can still end the current",
    arguments: [
      (
        TestDevice.Manner.right, TestDevice.Manner.unplugged,
        "psu: port is gone (errno 32): only the contactor can stop it; contactor told to open"
      ),
      (
        .right, .unplugsOnce,
        "psu: port is gone (errno 32): only the contactor can stop it; contactor told to open"
      ),
      (
        .deaf, .unplugged,
        "psu: port is gone (errno 32): only the contactor can stop it; contactor does not answer"
      ),
      (
        .unplugged, .right,
        "contactor: port is gone (errno 32): it opens by itself once nobody re-arms it"
      ),
    ])
  func unplugged(contactor: TestDevice.Manner, psu: TestDevice.Manner, words: String) throws {
    let bench = try TestBench("kill -9 $$", contactor: contactor, psu: psu, timeout: 60)
    // Nobody obeys: whatever the reason, the current ends by itself.
    if contactor == .deaf { bench.timeline.switchEverythingOff() }
    #expect(try bench.exitStatus() == 3)
    let record = try #require(try bench.latch().standing())
    #expect(record.currentIsGone)
    #expect(record.actions.filter { $0.contains("port is gone") } == [words])
    #expect(record.actions.filter { $0.hasPrefix("first bytes after the death: ") }.count == 1)
    bench.close()
  }

  @Test("SAF-001 a meter whose cable was pulled is said to show nothing; the bench stays locked")
  func unpluggedMeter() throws {
    let bench = try TestBench("kill -9 $$", meter: .unplugsOnce, timeout: 60, proof: 300)
    try giveUp(bench)
    let stderr = bench.stderr
    #expect(stderr.contains("meter: port is gone (errno 32): the current cannot be read"))
    #expect(stderr.contains("meter: current not shown to be gone: last no reading"))
    bench.close()
  }

  @Test("SAF-001 a current that goes late is seen to be gone, and the latch says so then")
  func goesLate() throws {
    let bench = try TestBench("kill -9 $$", psu: .deaf, welded: true, timeout: 20, proof: 100)
    let guardian = try bench.start()
    try bench.awaitWords("bench test is latched")
    #expect(try bench.latch().standing()?.currentIsGone == false)
    // Twice more it is told; in between the guard sleeps, though its controller is dead for good.
    let told = bench.timeline.requests(of: "contactor").count
    for _ in 0..<6_000 where bench.timeline.requests(of: "contactor").count < told + 2 {
      poll(nil, 0, 10)
    }
    bench.timeline.switchEverythingOff()
    #expect(bench.end(of: guardian) == 3 << 8)
    #expect(bench.processorTime < 0.3)
    #expect(try bench.latch().standing()?.currentIsGone == true)
    #expect(bench.stderr.contains("bench test is safe and latched"))
    bench.close()
  }

  @Test(
    "SAF-001 a controller that could not be started and a current that stays: said, and tried on")
  func notStartedAndFlowing() throws {
    let bench = try TestBench("", psu: .deaf, welded: true, timeout: 20, proof: 100)
    bench.orders.controller = "/nonexistent/lockstep"
    try giveUp(bench)
    #expect(try bench.latch().standing()?.currentIsGone == false)
    bench.close()
  }

  @Test("SAF-001 a guard without a controller holds no end of a pipe to it")
  func notStartedPipes() throws {
    let bench = try TestBench("", psu: .deaf, welded: true, timeout: 20, proof: 100)
    bench.orders.controller = "/nonexistent/lockstep"
    let guardian = try bench.start()
    try bench.awaitWords("is latched")
    func open(_ process: String) throws -> Set<String> {
      let folder = "/proc/\(process)/fd"
      return Set(
        try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
          try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0)
        })
    }
    let ofGuard = try open("\(guardian)")
    #expect(ofGuard.contains { $0.hasPrefix("/dev/pts/") })
    // But for what it was started with.
    #expect(ofGuard.subtracting(try open("self")).filter { $0.hasPrefix("pipe:") } == [])
    for signal in [SIGINT, SIGINT] {
      kill(guardian, signal)
      try bench.awaitWords("once more leaves the bench as it is")
    }
    #expect(bench.end(of: guardian) == 3 << 8)
    bench.close()
  }

  @Test(
    "SAF-001 a guard that got no orders says so and starts nothing",
    arguments: [
      ([], "started by `lockstep run` only, with the descriptor of its orders"),
      (["x"], "started by `lockstep run` only, with the descriptor of its orders"),
      (["3", "4"], "started by `lockstep run` only, with the descriptor of its orders"),
      (["0"], "guard orders: descriptor 0 is no sealed memory file"),
      (["-1"], "guard orders: descriptor -1 is no sealed memory file"),
    ])
  func noOrders(arguments: [String], words: String) throws {
    let bench = try TestBench("")
    let guardian = try bench.start(arguments, [])
    #expect(bench.end(of: guardian) == 2 << 8)
    #expect(bench.stderr == "lockstep-guard: \(words)\n")
    bench.close()
  }

  @Test(
    "SAF-006 a latch that the disk does not take is said, and the bench stays marked as running")
  func latchLost() throws {
    let bench = try TestBench("rm -r latches; touch latches; kill -9 $$")
    #expect(try bench.exitStatus() == 3)
    #expect(bench.stderr.contains("bench test could not be latched: creating"))
    #expect(bench.stderr.contains("removing \(bench.orders.latchFolder)/test.running fails"))
    bench.close()
  }

  @Test(
    "SAF-001 a current that takes its time is asked for again, and the sequence is not repeated",
    arguments: [1, 5])
  func lags(count: Int) throws {
    let bench = try TestBench("kill -9 $$", meter: .lags(count))
    #expect(try bench.exitStatus() == 3)
    #expect(bench.timeline.requests(of: "meter").count == count + 3)
    #expect(bench.timeline.requests(of: "contactor").count == 1)
    bench.close()
  }

  @Test("SAF-001 a guard that watches sleeps: it takes no time from the controller")
  func sleeps() throws {
    let bench = try TestBench("printf h >&$2; read -t 1 -u $4; printf s >&$2; exit 0")
    bench.timeline.switchEverythingOff()
    #expect(try bench.exitStatus() == 0)
    // It lived for a second at least.
    #expect(bench.processorTime < 0.5)
    // Nor does it look around meanwhile: it wakes for what happens, not fifty times a second.
    #expect(bench.sleeps < 60)
    bench.close()
  }

  /// Two signals end a guard whose current does not go; meanwhile it keeps the bench and its lock.
  private func giveUp(_ bench: TestBench) throws {
    let subject = BenchLock.Subject.bench("test")
    bench.orders.locks = [try BenchLock(subject, holder: "r", folder: bench.folder).release()]
    let guardian = try bench.start()
    close(bench.orders.locks[0])
    try bench.awaitWords("CURRENT MAY STILL FLOW")
    try bench.awaitWords("is latched")
    #expect(throws: BenchStateError.self) {
      _ = try BenchLock(subject, holder: "another", folder: bench.folder)
    }
    kill(guardian, SIGINT)
    try bench.awaitWords("once more leaves the bench as it is")
    kill(guardian, SIGTERM)
    #expect(bench.end(of: guardian) == 3 << 8)
    _ = try BenchLock(subject, holder: "another", folder: bench.folder)
  }

  @Test("SAF-001 a current that does not go is said to flow, after the whole sequence was retried")
  func currentStays() throws {
    let bench = try TestBench("kill -9 $$", psu: .deaf, welded: true, timeout: 60, proof: 1_200)
    try giveUp(bench)
    let record = try #require(try bench.latch().standing())
    #expect(!record.currentIsGone)
    #expect(bench.timeline.requests(of: "contactor").count > 1)
    #expect(
      bench.stderr.contains(
        "CURRENT MAY STILL FLOW: open the circuit by hand; the guard goes on trying and keeps the "
          + "bench locked\n"))
    bench.close()
  }

  @Test(
    "SAF-001 a meter that cannot be trusted proves nothing",
    arguments: [TestDevice.Manner.deaf, .wrongCRC, .unplugged, .fallsSilent])
  func blindMeter(manner: TestDevice.Manner) throws {
    let bench = try TestBench("kill -9 $$", meter: manner, timeout: 60, proof: 300)
    try giveUp(bench)
    #expect(bench.stderr.contains(", below 0.02 A wanted in 3 readings in a row\n"))
    #expect(bench.stderr.contains(", came: 03 04 04 ") == (manner == .wrongCRC))
    #expect(try bench.latch().standing()?.currentIsGone == false)
    #expect(bench.timeline.requests(of: "contactor").first == TestBench.openContactor)
    bench.close()
  }

  @Test(
    "SAF-006 an orderly end passes the controller's status on and latches nothing",
    arguments: [0, 1, 2, 4, 130])
  func orderly(status: Int32) throws {
    let bench = try TestBench("printf hhs >&$2; exit \(status)")
    bench.timeline.switchEverythingOff()
    #expect(try bench.exitStatus() == status)
    #expect(bench.timeline.devices == ["meter", "meter", "meter"])
    #expect(try bench.latch().standing() == nil)
    #expect(bench.stderr == "")
    bench.close()
  }

  @Test(
    "SAF-001 a signal is forwarded, twice does not kill the guard, and the status is 130",
    arguments: ["INT", "TERM", "HUP"])
  func signalled(signal: String) throws {
    let script = """
      trap 'printf s >&$2; exit 0' \(signal)
      printf h >&$2
      kill -\(signal) $PPID
      kill -\(signal) $PPID
      while :; do printf h >&$2; read -t 0.02 -u $4; done
      """
    let bench = try TestBench(script)
    bench.timeline.switchEverythingOff()
    #expect(try bench.exitStatus() == 130)
    #expect(bench.stderr.contains("forwarded to the controller\n"))
    #expect(try bench.latch().standing() == nil)
    #expect(bench.timeline.requests(of: "contactor").isEmpty)
    bench.close()
  }
}
