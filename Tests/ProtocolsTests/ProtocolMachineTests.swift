import Protocols
import Quantities
import Testing

/// Drives a machine and draws what it asked for, one mark a second: `-` rest, `+` charge, `_`
/// discharge, `h` hold charging, `d` hold discharging, `c` chamber, `|` finished; a digit marks the
/// start of a step and `(why)` its end.
struct Timeline {
  var machine: ProtocolMachine
  var drawing = ""
  var endings: [StepEnding] = []
  var time = 0.0

  init(_ steps: [String], capacity: Double = 5) throws {
    machine = ProtocolMachine(
      steps: try steps.map { try ProtocolStep(parsing: $0) }, nominalCapacity: AmpereHours(capacity)
    )
  }

  /// One second with what the bench sees at its end.
  @discardableResult
  mutating func tick(
    _ volts: Double? = nil, _ amperes: Double? = nil, surface: Double? = nil,
    ambient: Double? = nil, soc: Double? = nil, after: Double = 1
  ) -> ProtocolAction {
    let seen = Observation(
      time: Seconds(time), cellVoltage: volts.map { Volts($0) },
      current: amperes.map { Amperes($0) }, surfaceTemperature: surface.map { Celsius($0) },
      ambient: ambient.map { Celsius($0) }, stateOfCharge: soc.map { StateOfCharge($0) })
    time += after
    while true {
      let action = machine.next(seen)
      switch action {
      case .stepStarted(let index): drawing += "\(index)"
      case .stepEnded(_, let ending):
        endings.append(ending)
        if case .skipped = ending { drawing += "s" }
        if case .timeLimit = ending { drawing += "t" }
      case .rest: drawing += "-"
      case .current(let current): drawing += current > .zero ? "+" : "_"
      case .hold(_, .charge): drawing += "h"
      case .hold(_, .discharge): drawing += "d"
      case .chamber: drawing += "c"
      case .finished: drawing += "|"
      }
      switch action {
      case .stepStarted, .stepEnded: continue
      default: return action
      }
    }
  }
}

@Suite struct ProtocolMachineTests {
  @Test func stepsFollowEachOtherWithoutALostSecond() throws {
    var line = try Timeline([
      "Rest for 3 s", "Charge at C/5 until 4.2 V", "Hold at 4.2 V until 0.2 A", "Rest for 2 s",
    ])
    for _ in 0..<4 { line.tick(3.7, 0) }
    line.tick(4.1, 1)
    line.tick(4.201, 1)
    line.tick(4.2, 0.5)
    line.tick(4.2, 0.19)
    line.tick(4.18, 0)
    line.tick(4.17, 0)
    line.tick(4.17, 0)
    #expect(line.drawing == "0---1++2hh3--||")
    #expect(line.machine.isFinished)
  }

  @Test func cRatesAreByNominalCapacity() throws {
    var line = try Timeline(["Discharge at C/3 for 5 s"], capacity: 6)
    #expect(line.tick(3.7, 0) == .current(Amperes(-2)))
  }

  @Test func aStepAlreadyAtItsEndIsSkippedAndSaysSo() throws {
    var line = try Timeline([
      "Discharge at 1C until 2.5 V", "Charge at 1C until SOC 50 %",
      "Rest until within 1 K of ambient",
      "Rest for 1 s",
    ])
    line.tick(2.4, 0, surface: 25, ambient: 25.2, soc: 0.6)
    #expect(line.drawing == "0s1s2s3-")
    #expect(line.endings.first == .skipped(.voltage(.atMost, Volts(2.5))))
  }

  @Test func aVoltageEndWaitsForItsOwnCurrent() throws {
    // The first step's end is seen under 5 A; only under 2.5 A does it count for the second.
    var line = try Timeline(["Charge at 1C until 4.2 V", "Charge at C/2 until 4.2 V"])
    line.tick(3.9, 0)
    line.tick(4.21, 5)
    line.tick(4.15, 2.5)
    line.tick(4.2, 2.5)
    #expect(line.drawing == "0+1++|")
  }

  @Test func aVoltageEndDoesNotWaitForEver() throws {
    var line = try Timeline(["Charge at 1C until 4.2 V"])
    for _ in 0..<5 { line.tick(4.3, nil) }
    #expect(line.drawing == "0+++++")
    line.tick(4.3, nil)
    #expect(line.drawing == "0+++++|")
  }

  @Test func aHoldThatBeginsAtZeroCurrentIsNotOverAtOnce() throws {
    var line = try Timeline(["Hold at 4.2 V until C/20"])
    line.tick(3.7, 0)
    line.tick(3.9, 0.1)
    line.tick(4.2, 3)
    line.tick(4.2, 0.25)
    #expect(line.drawing == "0hhh|")
  }

  @Test func aHoldWithNothingToDoEndsAfterSettling() throws {
    var line = try Timeline(["Hold at 4.2 V until C/20"])
    for _ in 0...60 { line.tick(4.2, 0) }
    #expect(line.drawing == "0" + String(repeating: "h", count: 60) + "|")
  }

  @Test(arguments: [
    (["Charge at 1C for 1 s", "Hold at 4.2 V for 1 s"], 4.203, "0+1h"),
    (["Charge at 1C for 1 s", "Hold at 4 V for 1 s"], 4.203, "0+1d"),
    (["Discharge at 1C for 1 s", "Hold at 3 V for 1 s"], 2.999, "0_1d"),
    (["Rest for 1 s", "Hold at 4 V for 1 s"], 3.7, "0-1h"),
    (["Rest for 1 s", "Hold at 3 V for 1 s"], 3.7, "0-1d"),
  ])
  func aHoldDrivesTowardItsVoltage(_ steps: [String], _ volts: Double, _ drawing: String) throws {
    var line = try Timeline(steps)
    line.tick(volts, 0)
    line.tick(volts, 5)
    #expect(line.drawing == drawing)
  }

  @Test func aConstantCurrentTurnsIntoAHoldOnce() throws {
    var line = try Timeline(["Charge at C/5 to 4.2 V until C/20", "Rest for 1 s"])
    line.tick(3.9, 0)
    line.tick(4.1, 1)
    line.tick(4.2, 1)
    line.tick(4.19, 0.6)
    line.tick(4.2, 0.25)
    #expect(line.drawing == "0++hh1-")
  }

  @Test func chargeIsCountedFromTheStepsOwnStart() throws {
    // 5 A for 3600 s is 5 Ah; the 1 A read at the start belongs to the past.
    var line = try Timeline(["Charge at 1C until 0.25 Ah", "Discharge at 1C until 0.25 Ah"])
    line.tick(3.7, 1)
    for _ in 0..<179 { line.tick(3.7, 5) }
    #expect(abs((line.machine.chargeMoved?.value ?? 0) - 179 * 5 / 3600.0) < 1e-12)
    line.tick(3.7, 5)
    #expect(line.machine.runningIndex == 1)
    line.tick(3.7, -5)
    #expect(abs((line.machine.chargeMoved?.value ?? 0) + 5 / 3600.0) < 1e-12)
  }

  @Test func aChamberStepEndsOnArrivalAndTheCellsFollowsLater() throws {
    var line = try Timeline(["Chamber at 10 degC", "Rest until within 0.5 K of ambient"])
    line.tick(3.7, 0, surface: 25, ambient: 25)
    line.tick(3.7, 0, surface: 24, ambient: 15)
    line.tick(3.7, 0, surface: 20, ambient: 10.9)
    line.tick(3.7, 0, surface: 11, ambient: 10)
    line.tick(3.7, 0, surface: 10.4, ambient: 10)
    #expect(line.drawing == "0cc1--|")
  }

  @Test func nearAmbientWaitsForTheChamberInAChamberStep() throws {
    var line = try Timeline(["Chamber at 10 degC until within 0.5 K of ambient"])
    line.tick(3.7, 0, surface: 25, ambient: 25)
    line.tick(3.7, 0, surface: 12, ambient: 10)
    line.tick(3.7, 0, surface: 10.4, ambient: 10)
    #expect(line.drawing == "0cc|")
  }

  @Test func theDefaultTimeLimitEndsAStepByName() throws {
    var line = try Timeline(["Charge at 2C until 4.2 V"])
    line.tick(3.7, 0, after: 3599)
    line.tick(3.8, 10)
    line.tick(3.8, 10)
    #expect(line.drawing == "0++t|")
    #expect(line.endings == [.timeLimit(Seconds(3600))])
  }

  @Test func aMissingValueEndsNothing() throws {
    var line = try Timeline(["Discharge at 1C until 2.5 V or SOC 10 % or 45 degC"])
    for _ in 0..<20 { line.tick() }
    #expect(line.drawing == "0" + String(repeating: "_", count: 20))
  }

  @Test func theFirstTrueEndIsTheReason() throws {
    var line = try Timeline(["Discharge at C/3 until SOC 10 % or until 2.5 V"])
    line.tick(3.7, 0, soc: 0.5)
    line.tick(2.4, -1.6, soc: 0.09)
    #expect(line.endings == [.reached(.stateOfCharge(.atMost, StateOfCharge(0.1)))])
    #expect("\(line.endings[0])" == "state of charge <= 10.0 %")
  }

  @Test func anEmptyProtocolIsFinishedAndStaysSo() throws {
    var line = try Timeline([])
    line.tick()
    line.tick()
    #expect(line.drawing == "||")
  }

  // Whatever the bench shows, steps are visited in order, each once, and the machine comes to rest.
  @Test func everyRunVisitsEveryStepOnceInOrder() throws {
    var state: UInt64 = 7
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
      let steps = (0..<6).map { _ in texts[Int(random() * 7)] }
      var line = try Timeline(steps)
      for _ in 0..<3000 where !line.machine.isFinished {
        line.tick(
          2.3 + 2 * random(), 10 * random() - 5, surface: 40 * random(), ambient: 40 * random(),
          soc: random(), after: 10 * random())
      }
      #expect(line.machine.isFinished)
      #expect(line.drawing.filter(\.isNumber) == "012345")
      #expect(line.endings.count == 6)
    }
  }
}
