import Guard
import Quantities
import Testing

/// One port's pure machine, at times of our choosing.
@Suite struct SafeLineTests {
  private static let millisecond: Int64 = 1_000_000
  private let request = framed([1, 6, 0, 18, 0, 0])

  private func exchange(gap: UInt32 = 10, attempts: UInt32 = 1) -> SafePlan.Exchange {
    SafePlan.Exchange(
      purpose: "off", request: request, reply: request,
      replyMask: [UInt8](repeating: 0xFF, count: request.count), replyTimeoutMilliseconds: 100,
      gapMilliseconds: gap, attempts: attempts)
  }

  private func line(
    _ exchanges: [SafePlan.Exchange], framing: SafePlan.Framing = .rtu, now: Int64 = 0
  ) -> SafeLine {
    SafeLine(
      descriptor: 3, framing: framing,
      tasks: exchanges.map { SafeLine.Task(device: "psu", exchange: $0) }, transaction: 7, now: now)
  }

  /// `whole`: all bytes went at once.
  private func sent(_ line: inout SafeLine, at now: Int64) {
    line.begin(at: now)
    line.wrote(line.request.count, at: now)
  }

  private func outcomes(_ line: inout SafeLine) -> [SafeLine.Outcome] {
    line.takeReports().map(\.outcome)
  }

  @Test("SAF-001 the first byte may go when the line was quiet for its gap, not before")
  func gap() {
    var line = line([exchange(gap: 10)])
    #expect(line.deadline == 10_000_000)
    #expect(!line.mayBegin(at: 9_999_999) && line.mayBegin(at: 10_000_000))
    // What the dead controller asked for still comes in, and its own bytes still leave.
    line.came([1, 2], at: 4_000_000)
    #expect(!line.mayBegin(at: 13_999_999) && line.mayBegin(at: 14_000_000))
    line.outputIsPending(at: 5_000_000)
    #expect(!line.mayBegin(at: 14_999_999) && line.mayBegin(at: 15_000_000))
    let idle = line.pass(to: 20_000_000)
    #expect(!idle && line.mayBegin(at: 20_000_000))
    line.begin(at: 15_400_000)
    #expect(!line.mayBegin(at: 16_000_000))
    #expect(line.firstBytes == [])
    line.wrote(0, at: 15_450_000)
    #expect(line.firstBytes == [] && !line.hasBegun)
    line.wrote(1, at: 15_500_000)
    #expect(line.hasBegun)
    line.wrote(2, at: 15_550_000)
    #expect(
      line.firstBytes == [FirstByte(device: "psu", permitted: 15_000_000, sent: 15_500_000)])
    #expect(line.phase == .sending(sent: 3, deadline: 115_400_000))
    line.wrote(5, at: 15_600_000)
    #expect(line.phase == .awaiting(deadline: 115_400_000))
    #expect(line.firstBytes.count == 1)
  }

  @Test("SAF-001 a line that is never quiet is not waited for beyond ten gaps or 0.3 s")
  func babble() {
    for (gap, bound) in [(UInt32(10), Int64(300)), (50, 500)] {
      var line = line([exchange(gap: gap)], now: 1_000_000)
      let end = bound * Self.millisecond + 1_000_000
      for now in stride(from: 1_000_000, to: end, by: 1_000_000) {
        line.came([0xFF], at: now)
        line.outputIsPending(at: now)
        #expect(!line.mayBegin(at: now))
      }
      #expect(line.mayBegin(at: end))
    }
  }

  @Test("SAF-001 attempts are made as often as the plan says, each after a gap of its own")
  func attempts() {
    var line = line([exchange(attempts: 3), exchange()])
    var now: Int64 = 0
    for attempt in 1...3 as ClosedRange<UInt32> {
      #expect(line.deadline == now + 10_000_000)
      now = line.deadline
      sent(&line, at: now)
      #expect(line.deadline == now + 100_000_000)
      let early = line.pass(to: line.deadline - 1)
      #expect(!early && outcomes(&line).isEmpty)
      now = line.deadline
      let dropped = line.pass(to: now)
      #expect(!dropped)
      let reports = line.takeReports()
      #expect(reports.map(\.outcome) == [.silent([])])
      #expect(reports.map(\.attempt) == [attempt])
    }
    #expect(!line.isComplete)
    sent(&line, at: line.deadline)
    line.came(request[...], at: now + 1)
    #expect(outcomes(&line) == [.answered(request)])
    #expect(line.phase == .over && line.deadline == .max && !line.isComplete)
    // What comes afterwards is nobody's.
    line.came([1], at: now + 2)
    line.failed(5, at: now + 2)
    line.wrote(1, at: now + 2)
    line.outputIsPending(at: now + 2)
    #expect(outcomes(&line).isEmpty && line.phase == .over)
  }

  @Test("SAF-001 each order has its attempts to itself, however many the one before took")
  func attemptsAnew() {
    var line = line([exchange(attempts: 2), exchange(attempts: 2), exchange(attempts: 2)])
    var attempts: [UInt32] = []
    while line.phase != .over {
      sent(&line, at: line.deadline)
      _ = line.pass(to: line.deadline)
      attempts += line.takeReports().map(\.attempt)
    }
    #expect(attempts == [1, 2, 1, 2, 1, 2])
  }

  @Test("SAF-001 a refusal is tried again; noise is not; endless noise ends the attempt")
  func replies() {
    var line = line([exchange(attempts: 2)])
    sent(&line, at: 10)
    line.came(framed([1, 0x86, 4])[...], at: 20)
    #expect(outcomes(&line) == [.refused(4)])
    sent(&line, at: 30)
    let noise = [UInt8](repeating: 0xAA, count: 4095)
    line.came(noise[...], at: 40)
    #expect(outcomes(&line).isEmpty)
    line.came([0xAA], at: 41)
    #expect(outcomes(&line) == [.silent(noise + [0xAA])])
    #expect(line.phase == .over && !line.isComplete)
  }

  @Test("SAF-001 bytes of the attempt before are not taken for this one's reply")
  func fresh() {
    var line = line([exchange(attempts: 2)])
    sent(&line, at: 10)
    line.came(request.prefix(4), at: 20)
    _ = line.pass(to: line.deadline)
    _ = line.takeReports()
    sent(&line, at: 200_000_000)
    line.came(request.suffix(4), at: 200_000_001)
    #expect(outcomes(&line).isEmpty)
  }

  @Test("SAF-001 a port that fails is tried again after 20 ms, in every phase")
  func failures() {
    var line = line([exchange(attempts: 4)])
    line.failed(5, at: 1_000_000)
    #expect(line.phase == .pausing(until: 21_000_000) && line.hasBegun)
    line.failed(5, at: 2_000_000)
    line.came([1], at: 2_000_000)
    let early = line.pass(to: 20_999_999)
    #expect(!early && line.phase == .pausing(until: 21_000_000))
    _ = line.pass(to: 21_000_000)
    #expect(line.deadline == 31_000_000)
    line.begin(at: 31_000_000)
    line.came([1], at: 31_000_000)
    line.failed(32, at: 32_000_000)
    _ = line.pass(to: 52_000_000)
    sent(&line, at: line.deadline)
    line.failed(6, at: 70_000_000)
    #expect(outcomes(&line) == [.gone(5), .gone(32), .gone(6)])
    // Nobody takes the bytes: they must be dropped.
    _ = line.pass(to: 90_000_000)
    line.begin(at: line.deadline)
    let deadline = line.deadline
    let early2 = line.pass(to: deadline - 1)
    let dropped = line.pass(to: deadline)
    #expect(!early2 && dropped)
    #expect(outcomes(&line) == [.gone(110)])
    #expect(line.phase == .pausing(until: deadline + 20_000_000))
    _ = line.pass(to: deadline + 20_000_000)
    #expect(line.phase == .over)
  }

  @Test("SAF-001 a request on a network carries another transaction id each time")
  func transactions() {
    var ids: Set<[UInt8]> = []
    var line = line([exchange(attempts: 300)], framing: .tcp)
    for _ in 0..<300 {
      sent(&line, at: line.deadline)
      ids.insert(Array(line.request.prefix(2)))
      #expect(line.request.dropFirst(2) == request.dropFirst(2))
      _ = line.pass(to: line.deadline)
    }
    #expect(ids.count == 300 && ids.contains([0, 8]) && ids.contains([1, 0]))
  }

  @Test("SAF-001 a line with nothing to do is over")
  func empty() {
    let line = line([])
    #expect(line.phase == .over && line.isComplete && !line.hasBegun)
  }
}
