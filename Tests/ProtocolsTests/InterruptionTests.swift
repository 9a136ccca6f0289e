import Protocols
import Quantities
import Testing

/// A run that was stopped goes on: what a step asked for is done once, no more and no less.
@Suite struct InterruptionTests {
  private static let gaps = [0.5, 1234.567, 86_400.25]

  @Test("a step's time stands still while the run is stopped", arguments: gaps)
  func duration(gap: Double) throws {
    for stop in 0..<60 {
      var line = try Timeline(["Discharge at 1C for 60 s", "Rest for 1 s"])
      for second in 0...stop {
        line.tick(3.7, second == 0 ? 0 : -5, after: second == stop ? gap : 1)
      }
      line.machine.interrupt()
      while line.endings.isEmpty { line.tick(3.7, -5) }
      // What was asked for in the second of the stop never flowed: 60 s of current in 61 requests.
      #expect(line.drawing == "0" + String(repeating: "_", count: 61) + "1-", "stop at \(stop)")
    }
  }

  @Test("charge is that of the current that flowed, whatever flowed last before the stop")
  func charge() throws {
    for (stop, isRead) in [(3, true), (100, true), (100, false), (179, true)] {
      var line = try Timeline(["Charge at 1C until 0.25 Ah", "Rest for 1 s"])
      line.tick(3.7, 0)
      for second in 1...stop { line.tick(3.7, 5, after: second == stop ? 7200 : 1) }
      line.machine.interrupt()
      // Nothing flows yet; a meter that says nothing says no charge either.
      line.tick(3.7, isRead ? 0 : nil)
      #expect(abs((line.machine.chargeMoved?.value ?? 0) - Double(stop * 5) / 3600) < 1e-12)
      var seconds = stop
      while line.endings.isEmpty {
        line.tick(3.7, 5)
        seconds += 1
      }
      // 5 A for 180 s.
      #expect(seconds == 180, "stop at \(stop)")
    }
  }

  @Test("a hold waits again for a current above its bound")
  func hold() throws {
    var line = try Timeline(["Hold at 4.2 V until C/20"])
    line.tick(3.7, 0)
    line.tick(4.2, 3, after: 4000)
    line.machine.interrupt()
    for current in [0, 0.1, 0.2, 1] { line.tick(4.15, current) }
    #expect(line.drawing == "0hhhhhh")
    line.tick(4.2, 0.24)
    #expect(line.drawing == "0hhhhhh|")
  }

  @Test("a hold with nothing left to do ends when its current had time to rise")
  func idleHold() throws {
    var line = try Timeline(["Hold at 4.2 V until C/20"])
    for _ in 0..<40 { line.tick(4.2, 0.1) }
    line.machine.interrupt()
    for _ in 0..<60 { line.tick(4.2, 0.1) }
    #expect(line.drawing == "0" + String(repeating: "h", count: 100))
    line.tick(4.2, 0.1)
    #expect(line.drawing == "0" + String(repeating: "h", count: 100) + "|")
  }

  @Test("a constant current that had turned into a hold comes before it again")
  func currentThenHold() throws {
    var line = try Timeline(["Charge at C/5 to 4.2 V until C/20", "Rest for 1 s"])
    line.tick(4.1, 0)
    line.tick(4.2, 1)
    line.tick(4.2, 0.6, after: 500)
    line.machine.interrupt()
    line.tick(4.17, 0)
    line.tick(4.19, 1)
    line.tick(4.2, 1)
    line.tick(4.2, 0.2)
    #expect(line.drawing == "0+hh++h1-")
  }

  @Test("a voltage past its bound waits for the step's own current, as at the step's beginning")
  func voltage() throws {
    var line = try Timeline(["Charge at C/2 until 4.2 V"])
    line.tick(4.0, 0)
    for _ in 0..<9 { line.tick(4.1, 2.5) }
    line.machine.interrupt()
    // What still flows of a stop that was none is more than the step's own.
    line.tick(4.25, 5)
    line.tick(4.15, 2.5)
    #expect(line.drawing == "0" + String(repeating: "+", count: 12))
    line.tick(4.2, 2.5)
    #expect(line.machine.isFinished)
  }

  @Test("a step that waits for the chamber waits until it is there again")
  func chamber() throws {
    var line = try Timeline(["Chamber at 10 degC until within 0.5 K of ambient"])
    line.tick(3.7, 0, surface: 25, ambient: 10, after: 3600)
    line.machine.interrupt()
    line.tick(3.7, 0, surface: 20, ambient: 20)
    line.tick(3.7, 0, surface: 10.4, ambient: 10)
    #expect(line.drawing == "0cc|")
  }

  @Test(
    "a stop between steps, before the first, after the last, and twice in a row changes nothing")
  func betweenSteps() throws {
    func drawing(_ stops: [Int: Int]) throws -> String {
      var line = try Timeline(["Rest for 3 s", "Charge at C/5 for 2 s"])
      for second in 0..<8 {
        for _ in 0..<(stops[second] ?? 0) { line.machine.interrupt() }
        line.tick(3.7, 0)
      }
      return line.drawing
    }
    let plain = try drawing([:])
    #expect(plain == "0---1++|||")
    #expect(try drawing([0: 1]) == plain)
    #expect(try drawing([6: 1, 7: 2]) == plain)
    // In the first step, once and twice.
    #expect(try drawing([2: 1]) == "0----1++||")
    #expect(try drawing([2: 2]) == "0----1++||")
  }

  @Test("however often it is stopped, a run visits every step once and in order")
  func everyStepOnce() throws {
    var state: UInt64 = 11
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    let texts = [
      "Rest for 5 s", "Charge at 1C until 4.2 V", "Hold at 4.2 V until C/20",
      "Discharge at C/3 for 1 min or until SOC 10 % or 2.5 V", "Chamber at 10 degC for 9 s",
      "Charge at C/3 to 4.2 V for 30 s or until C/20",
      "Rest for 1 h or until within 5 K of ambient",
    ]
    for _ in 0..<200 {
      var line = try Timeline((0..<6).map { _ in texts[Int(random() * 7)] })
      for _ in 0..<6000 where !line.machine.isFinished {
        if random() < 0.05 { line.machine.interrupt() }
        line.tick(
          2.3 + 2 * random(), 10 * random() - 5, surface: 40 * random(), ambient: 40 * random(),
          soc: random(), after: 10 * random())
      }
      #expect(line.machine.isFinished)
      #expect(line.drawing.filter(\.isNumber) == "012345")
    }
  }
}
