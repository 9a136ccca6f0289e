import CRealtime
import Foundation
import Guard
import Quantities
import Testing
import Transports

/// Order of bytes over several ports, seen from the other end.
@Suite struct SafeSequenceTests {
  /// Ports that are all copies of one end of a socket: the other end sees all bytes in their order.
  private final class Funnel {
    let ports: [Int32]
    private let far: Int32

    init(_ count: Int) throws {
      var ends: [Int32] = [0, 0]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      try require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
      far = ends[1]
      ports = [ends[0]] + (1..<count).map { _ in fcntl(ends[0], F_DUPFD_CLOEXEC, 3) }
    }

    /// What came, in the order in which it was sent.
    func received() -> [UInt8] {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(far, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      return Array(buffer.prefix(max(count, 0)))
    }

    deinit { for descriptor in ports + [far] { close(descriptor) } }
  }

  func device(_ name: String, _ descriptor: Int32, _ byte: UInt8, gap: UInt32)
    -> SafePlan.Device
  {
    let request = framed([byte, 6, 0, 0, 0, 0])
    return SafePlan.Device(
      name: name, descriptor: descriptor, framing: .rtu,
      exchanges: [
        SafePlan.Exchange(
          purpose: "off", request: request, reply: request,
          replyMask: [UInt8](repeating: 0xFF, count: 8), replyTimeoutMilliseconds: 60,
          gapMilliseconds: gap, attempts: 1)
      ])
  }

  func sequence(_ devices: [SafePlan.Device]) -> SafeSequence {
    SafeSequence(
      SafePlan(
        devices: devices,
        verification: .init(
          device: device("meter", devices[0].descriptor, 9, gap: 0), offset: 3,
          format: .int16BigEndian, scale: 1, zero: 0, threshold: 1,
          readings: 1, timeoutMilliseconds: 1), heartbeatSilenceMilliseconds: 500),
      log: GuardLog(descriptor: -1))
  }

  @Test("SAF-001 with lines alike the first device's bytes go first, then the others' in order")
  func contactorFirst() throws {
    let funnel = try Funnel(3)
    var sequence = sequence([
      device("contactor", funnel.ports[0], 1, gap: 1), device("psu", funnel.ports[1], 2, gap: 1),
      device("load", funnel.ports[2], 3, gap: 1),
    ])
    let complete = sequence.replay(death: 0)
    #expect(!complete)
    #expect(
      funnel.received()
        == framed([1, 6, 0, 0, 0, 0]) + framed([2, 6, 0, 0, 0, 0]) + framed([3, 6, 0, 0, 0, 0]))
    let line = try #require(sequence.log.lines.first { $0.hasPrefix("first bytes after") })
    #expect(
      line.wholeMatch(
        of:
          #/first bytes after the death: contactor [0-9]+\.[0-9] ms \(permitted at [0-9.]+ ms\), psu .*, load .*/#
      ) != nil)
  }

  @Test("SAF-001 a first device whose line is busy does not hold the others back")
  func busyContactor() throws {
    let funnel = try Funnel(2)
    // On a network, where bytes that the far end did not take yet are not waited for.
    func device(_ name: String, _ port: Int, _ unit: UInt8, gap: UInt32) -> SafePlan.Device {
      var device = self.device(name, funnel.ports[port], unit, gap: gap)
      device.framing = .tcp
      device.exchanges[0].request = [0, 0, 0, 0, 0, 6, unit, 6, 0, 0, 0, 0]
      return device
    }
    var sequence = sequence([
      device("contactor", 0, 1, gap: 250), device("psu", 1, 2, gap: 1),
    ])
    _ = sequence.replay()
    #expect(
      funnel.received()
        == [0x4C, 1, 0, 0, 0, 6, 2, 6, 0, 0, 0, 0] + [0x4C, 1, 0, 0, 0, 6, 1, 6, 0, 0, 0, 0])
    #expect(!sequence.log.lines.contains { $0.hasPrefix("first bytes") })
  }

  @Test("SAF-001 a line that is free a little earlier lets the first device's bytes go first")
  func lead() throws {
    let funnel = try Funnel(2)
    var sequence = sequence([
      device("contactor", funnel.ports[0], 1, gap: 2), device("psu", funnel.ports[1], 2, gap: 1),
    ])
    _ = sequence.replay()
    #expect(funnel.received() == framed([1, 6, 0, 0, 0, 0]) + framed([2, 6, 0, 0, 0, 0]))
  }

  @Test("SAF-001 a refusal is said by its code, each attempt by its number")
  func refuses() throws {
    let psu = try TestDevice("psu", manner: .refuses, timeline: Timeline(), welded: false)
    var device = device("psu", psu.slave, 1, gap: 1)
    device.exchanges[0].attempts = 2
    var sequence = sequence([device])
    let complete = sequence.replay()
    #expect(!complete)
    #expect(
      sequence.log.lines == [
        "psu: off: refused with exception 4", "psu: off: refused with exception 4 (attempt 2)",
      ])
    psu.close()
  }

  @Test("SAF-001 readings are far enough apart that a meter has measured anew")
  func apart() throws {
    let timeline = Timeline()
    timeline.switchEverythingOff()
    let meter = try TestDevice("meter", manner: .right, timeline: timeline, welded: false)
    let plan = TestBench.plan(
      contactor: 3, psu: 4, meter: meter.slave, timeout: 5_000, silence: 500, proof: 1_000)
    var sequence = SafeSequence(plan, log: GuardLog(descriptor: -1))
    let start = lockstep_monotonic_nanoseconds()
    let isGone = sequence.isCurrentGone(quietly: true)
    #expect(isGone && sequence.log.lines.isEmpty)
    // Three readings, two pauses of 20 ms.
    #expect(lockstep_monotonic_nanoseconds() - start >= 40_000_000)
    #expect(timeline.devices.count == 3)
    meter.close()
  }

  @Test("SAF-001 a current that stays is asked for through half a second, then it is all due again")
  func askingTime() throws {
    let timeline = Timeline()
    let meter = try TestDevice("meter", manner: .right, timeline: timeline, welded: false)
    let plan = TestBench.plan(
      contactor: 3, psu: 4, meter: meter.slave, timeout: 60_000, silence: 500, proof: 1_000)
    var sequence = SafeSequence(plan, log: GuardLog(descriptor: -1))
    let start = lockstep_monotonic_nanoseconds()
    let isGone = sequence.isCurrentGone(quietly: false)
    #expect(!isGone)
    #expect(lockstep_monotonic_nanoseconds() - start >= 500_000_000)
    // 20 ms apart: at most so many, however slow the machine.
    #expect((1...26).contains(timeline.devices.count))
    meter.close()
  }

  @Test("SAF-001 a row of readings that began late may end, however slow the meter is")
  func lateRow() throws {
    let timeline = Timeline()
    timeline.switchEverythingOff()
    let meter = try TestDevice("meter", manner: .missesOnce, timeline: timeline, welded: false)
    // The first reading comes at its second attempt, when the asking's time is over.
    let plan = TestBench.plan(
      contactor: 3, psu: 4, meter: meter.slave, timeout: 550, silence: 500, proof: 1_000)
    var sequence = SafeSequence(plan, log: GuardLog(descriptor: -1))
    let isGone = sequence.isCurrentGone(quietly: false)
    #expect(isGone && timeline.devices.count == 3)
    meter.close()
  }

  @Test("SAF-001 of noise that is no reply the log says how it began, 64 bytes of it")
  func noise() throws {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    // More than is listened to, so that nobody waits for the reply's time to end.
    let noise = (0..<5_000).map { UInt8($0 % 251) }
    let far = ends[1]
    Thread.detachNewThread {
      var request = [UInt8](repeating: 0, count: 8)
      _ = recv(far, &request, 8, Int32(MSG_WAITALL))
      _ = write(far, noise, noise.count)
    }
    var device = device("psu", ends[0], 0xFE, gap: 1)
    device.exchanges[0].replyTimeoutMilliseconds = 60_000
    var sequence = sequence([device])
    let isComplete = sequence.replay()
    #expect(!isComplete)
    let shown = (0..<64).map { String(format: "%02x", $0) }.joined(separator: " ")
    #expect(sequence.log.lines == ["psu: off: no reply in 60000 ms, came: " + shown])
    for end in ends { close(end) }
  }

  @Test("SAF-001 devices that share a port are served one after another")
  func sharedPort() throws {
    let funnel = try Funnel(1)
    var sequence = sequence([
      device("contactor", funnel.ports[0], 1, gap: 1), device("psu", funnel.ports[0], 2, gap: 1),
    ])
    _ = sequence.replay(death: 0)
    #expect(funnel.received() == framed([1, 6, 0, 0, 0, 0]) + framed([2, 6, 0, 0, 0, 0]))
    #expect(
      sequence.log.lines.filter { $0.hasSuffix("no reply in 60 ms") }
        == ["contactor: off: no reply in 60 ms", "psu: off: no reply in 60 ms"])
  }

  @Test("SAF-001 a port that takes no bytes is given up in time, and one that is shut at once")
  func stuck() throws {
    let funnel = try Funnel(1)
    let filler = [UInt8](repeating: 0, count: 1 << 16)
    _ = fcntl(funnel.ports[0], F_SETFL, O_NONBLOCK)
    while write(funnel.ports[0], filler, filler.count) > 0 {}
    let shut = try Funnel(1)
    shutdown(shut.ports[0], Int32(SHUT_RDWR))
    var sequence = sequence([
      device("contactor", funnel.ports[0], 1, gap: 0), device("psu", shut.ports[0], 2, gap: 5),
    ])
    let complete = sequence.replay(death: 0)
    #expect(!complete)
    #expect(
      sequence.log.lines.filter { $0.contains("port is gone") } == [
        "contactor: port is gone (errno 110): it opens by itself once nobody re-arms it",
        "psu: port is gone (errno 32): only the contactor can stop it; contactor does not answer",
      ])
    #expect(sequence.log.lines.contains("first bytes after the death: none"))
  }

  @Test("SAF-001 a port that takes bytes again is not said to be gone")
  func comesBack() throws {
    let contactor = try TestDevice(
      "contactor", manner: .refusesOnce, timeline: Timeline(), welded: false)
    let funnel = try Funnel(1)
    let filler = [UInt8](repeating: 0, count: 1 << 16)
    _ = fcntl(funnel.ports[0], F_SETFL, O_NONBLOCK)
    while write(funnel.ports[0], filler, filler.count) > 0 {}
    var sequence = sequence([
      device("contactor", contactor.slave, 1, gap: 1), device("psu", funnel.ports[0], 2, gap: 1),
    ])
    let gone =
      "psu: port is gone (errno 110): only the contactor can stop it; contactor does not answer"
    _ = sequence.replay()
    #expect(sequence.log.lines.last == gone)
    while !funnel.received().isEmpty {}
    _ = sequence.replay()
    #expect(sequence.log.lines.contains("psu: off: no reply in 60 ms"))
    #expect(sequence.log.lines.filter { $0.contains("port is gone") } == [gone])
    contactor.close()
  }

  @Test(
    "SAF-001 who could still end the current is said by this round's replies, not an earlier one's")
  func answersAnew() throws {
    let contactor = try TestDevice(
      "contactor", manner: .fallsSilent, timeline: Timeline(), welded: false)
    let psu = try TestDevice("psu", manner: .unplugged, timeline: Timeline(), welded: false)
    var devices = [
      device("contactor", contactor.slave, 1, gap: 1), device("psu", psu.slave, 2, gap: 1),
    ]
    devices[0].exchanges[0].replyTimeoutMilliseconds = 600
    var sequence = sequence(devices)
    for words in ["told to open", "does not answer"] {
      _ = sequence.replay()
      let line = sequence.log.lines.last { $0.hasPrefix("psu: port is gone") }
      #expect(line?.hasSuffix("only the contactor can stop it; contactor \(words)") == true)
    }
    contactor.close()
    psu.close()
  }

  @Test(
    "SAF-001 bytes that nobody takes are dropped, so that the next attempt is not behind them",
    arguments: [SafePlan.Framing.rtu, .text])
  func drops(framing: SafePlan.Framing) throws {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    var index: Int32 = 0, locked: Int32 = 0
    try require(master >= 0 && ioctl(master, unlockSlave, &locked) == 0)
    try require(ioctl(master, indexOfSlave, &index) == 0)
    let slave = try OpenPort.serial(
      path: "/dev/pts/\(index)", format: SerialFormat(baud: 9_600)
    ).release()
    defer { for descriptor in [slave, master] { close(descriptor) } }
    _ = fcntl(slave, F_SETFL, O_NONBLOCK)
    let filler = [UInt8](repeating: 0x55, count: 1 << 12)
    var filled = 0
    // Full is full: what the kernel moves on meanwhile makes room again.
    var room = pollfd(fd: slave, events: Int16(POLLOUT), revents: 0)
    repeat {
      for size in [filler.count, 64, 1] {
        while case let count = write(slave, filler, size), count > 0 { filled += count }
      }
    } while poll(&room, 1, 50) > 0
    var device = device("psu", slave, 2, gap: 1)
    device.framing = framing
    device.exchanges[0].attempts = 2
    if framing == .text { (device.exchanges[0].reply, device.exchanges[0].replyMask) = ([], []) }
    var sequence = sequence([device])
    let isComplete = sequence.replay()
    // Nothing is dropped before its time: the first attempt found no room, the second did.
    #expect(isComplete == (framing == .text))
    let outcome = framing == .text ? "sent" : "no reply in 60 ms"
    #expect(
      sequence.log.lines.filter { $0.hasPrefix("psu: off: ") } == [
        "psu: off: \(outcome) (attempt 2)"
      ])
    var came: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    // What is on its way through the kernel comes a little later.
    var waiter = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while !came.suffix(8).elementsEqual(framed([2, 6, 0, 0, 0, 0])), poll(&waiter, 1, 1_000) > 0 {
      let count = read(master, &buffer, buffer.count)
      came += buffer.prefix(max(count, 0))
    }
    #expect(came.suffix(8) == framed([2, 6, 0, 0, 0, 0])[...])
    #expect(came.count < filled)
  }

  @Test("SAF-001 what the dead controller wrote last is let out before the guard speaks")
  func drains() throws {
    let funnel = try Funnel(1)
    let tail: [UInt8] = [7, 7, 7]
    try require(write(funnel.ports[0], tail, 3) == 3)
    var sequence = sequence([device("contactor", funnel.ports[0], 1, gap: 1)])
    // The far end does not take them: they are waited for until the bound of 0.3 s, no longer.
    let start = lockstep_monotonic_nanoseconds()
    _ = sequence.replay(death: start)
    #expect(lockstep_monotonic_nanoseconds() - start >= 360_000_000)
    #expect(funnel.received() == tail + framed([1, 6, 0, 0, 0, 0]))
    #expect(try permitted(sequence) >= 300)
  }

  /// When the first device's first byte was permitted, ms after the death, by the guard's own line.
  private func permitted(_ sequence: SafeSequence) throws -> Double {
    let line = try #require(sequence.log.lines.first { $0.hasPrefix("first bytes") })
    let match = try #require(line.firstMatch(of: #/\(permitted at ([0-9.]+) ms\)/#))
    return try #require(Double(match.1))
  }

  @Test("SAF-001 on a network bytes that are not acknowledged yet are not waited for")
  func networkDoesNotDrain() throws {
    let funnel = try Funnel(1)
    try require(write(funnel.ports[0], [7, 7, 7] as [UInt8], 3) == 3)
    var device = device("contactor", funnel.ports[0], 1, gap: 1)
    device.framing = .tcp
    device.exchanges[0].request = [0, 0, 0, 0, 0, 6, 1, 6, 0, 0, 0, 0]
    var sequence = sequence([device])
    _ = sequence.replay(death: lockstep_monotonic_nanoseconds())
    #expect(try permitted(sequence) < 250)
    // Each round's ids stand apart from those of the one before: its late replies are nobody's.
    _ = sequence.replay()
    let requests = Array(funnel.received().dropFirst(3))
    #expect(requests.count == 24)
    #expect(requests.prefix(2) == [0x4C, 1] && requests.dropFirst(12).prefix(2) == [0x4F, 0xE9])
  }

  @Test("SAF-001 a terminal whose far end is gone fails at once, and is tried as often as planned")
  func hungUp() throws {
    let contactor = try TestDevice(
      "contactor", manner: .unplugged, timeline: Timeline(), welded: false)
    var device = device("contactor", contactor.slave, 1, gap: 0)
    device.exchanges[0].attempts = 3
    var sequence = sequence([device])
    let complete = sequence.replay()
    #expect(!complete)
    #expect(sequence.log.lines.last?.hasPrefix("contactor: port is gone (errno 5)") == true)
    contactor.close()
  }
}
