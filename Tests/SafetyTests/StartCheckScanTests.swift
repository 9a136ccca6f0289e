import Quantities
import Safety
import Testing

/// Numbers here are sums of powers of two: a boundary is met exactly.
@Suite("SAF-014, SAF-016 the check before the first current, scan by scan")
struct StartCheckScanTests {
  private static let zero = Amperes(0.125)
  private var check = StartCheckScanTests.fresh()
  private var time = 1000.0

  private static func fresh(endsAfterWeld: Bool = false) -> StartCheck {
    var rules = StartCheck.Rules(current: Amperes(0.5), emptyBelow: Volts(2.5))
    rules.voltageTolerance = Volts(0.125)
    return StartCheck(rules: rules, endsAfterWeld: endsAfterWeld)
  }

  private mutating func next(
    _ current: Double = 0, voltage: Double = 3.5, terminal: Double? = nil, sourceOn: Bool = false,
    loadOn: Bool = false, closed: Bool? = true, after seconds: Double = 1,
    _ change: (inout Sample) -> Void = { _ in }
  ) -> StartCheck.Step {
    time += seconds
    var sample = Scenes.sample(
      voltage: voltage, current: current, sourceOn: sourceOn, loadOn: loadOn, at: time)
    sample.contactorIsRead = closed != nil
    sample.contactorClosed = Reading(closed ?? false, at: sample.time)
    sample.source.voltage = Reading(Volts(terminal ?? voltage), at: sample.time)
    sample.load.voltage = Reading(Volts(terminal ?? voltage), at: sample.time)
    change(&sample)
    return check.next(sample, zero: Self.zero)
  }

  private func want(_ current: Double, closed: Bool) -> StartCheck.Step {
    .request(
      DriveRequest(current: Amperes(current), contactor: closed, mayStayOn: current != 0))
  }

  private func trip(_ step: StartCheck.Step) -> Trip? {
    if case .failed(let trip) = step { trip } else { nil }
  }

  /// Up to `stage`, by the shortest way.
  private mutating func reach(_ stage: StartCheck.Stage, voltage: Double = 3.5) {
    (check, time) = (Self.fresh(), 1000)
    while check.stage != stage {
      let isWeld = check.stage == .weld
      let isPulse = check.stage == .pulse
      let isEmpty = voltage < 2.5
      _ = next(
        isPulse ? (isEmpty ? 0.5 : -0.5) : 0, voltage: voltage, sourceOn: isPulse && isEmpty,
        loadOn: isWeld || isPulse && !isEmpty)
    }
  }

  @Test("the whole way of a sound bench, scan by scan")
  mutating func way() {
    #expect(next(closed: false) == want(-0.5, closed: false))
    for _ in 0..<2 { #expect(next(loadOn: true, closed: false) == want(-0.5, closed: false)) }
    #expect(check.stage == .weld)
    #expect(next(loadOn: true, closed: false) == want(0, closed: false))
    #expect(check.stage == .weldOff)
    #expect(next(loadOn: true, closed: false) == want(0, closed: false))
    #expect(check.stage == .weldOff)
    #expect(next(closed: false) == want(0, closed: false))
    #expect(check.stage == .closing)
    for _ in 0..<3 { #expect(next() == want(0, closed: true)) }
    #expect(check.stage == .closing)
    #expect(next() == want(0, closed: true))
    #expect(check.stage == .pulse)
    #expect(next() == want(-0.5, closed: true))
    for _ in 0..<2 { #expect(next(-0.5, loadOn: true) == want(-0.5, closed: true)) }
    #expect(check.stage == .pulse)
    #expect(next(-0.5, loadOn: true) == want(0, closed: true))
    #expect(check.stage == .pulseOff)
    #expect(next(-0.125) == want(0, closed: true))
    #expect(check.stage == .pulseOff)
    #expect(next() == want(0, closed: true))
    #expect(check.stage == .done)
    #expect(next() == .done)
  }

  @Test("it goes on after the weld test unless it is said otherwise")
  mutating func goesOn() {
    check = StartCheck(rules: .init(current: Amperes(0.5), emptyBelow: Volts(2.5)))
    for _ in 0..<3 { _ = next(loadOn: true, closed: false) }
    _ = next(closed: false)
    #expect(check.stage == .closing)
  }

  @Test("after the last current it ends with the weld test")
  mutating func afterwards() {
    check = Self.fresh(endsAfterWeld: true)
    for _ in 0..<3 { _ = next(loadOn: true, closed: false) }
    #expect(next(closed: false) == want(0, closed: false))
    #expect(check.stage == .done && next(closed: false) == .done)
  }

  @Test("the zero current itself, either way, is current through an open contactor")
  mutating func weld() {
    for current in [0.125, -0.125] {
      (check, time) = (Self.fresh(), 1000)
      #expect(next(current * 0.99, loadOn: true) == want(-0.5, closed: false))
      let failed = trip(next(current, loadOn: true))
      #expect(failed?.value == current && failed?.limit == 0.125 && failed?.unit == "A")
      #expect(failed?.what == "contactor is welded: current flows while it is open")
      #expect(failed?.requirement == "SAF-014" && failed?.time == Seconds(1002))
      // While the load is not on, or the current not read, nothing is said.
      (check, time) = (Self.fresh(), 1000)
      #expect(next(1) == want(-0.5, closed: false))
      for _ in 0..<5 {
        #expect(
          next(1, loadOn: true, { $0.current.quality = .missing }) == want(-0.5, closed: false))
        #expect(
          next(loadOn: true, { $0.load.isOn.quality = .missing }) == want(-0.5, closed: false))
      }
      #expect(check.stage == .weld)
    }
  }

  @Test("each stage has its time, and beyond it fails by its own name")
  mutating func patience() {
    let open = "no test current through the cell: a lead, the fuse or the contactor is open"
    for (stage, what, requirement) in [
      (StartCheck.Stage.weld, "load does not switch on for the weld test", "SAF-014"),
      (.weldOff, "test current does not end", "SAF-014"),
      (.closing, "contactor does not close", "SAF-014"), (.pulse, open, "SAF-016"),
      (.pulseOff, "test current does not end", "SAF-014"),
    ] {
      reach(stage)
      let isOff = stage == .weldOff || stage == .pulseOff
      let stuck = { (sample: inout Sample) in
        sample.contactorClosed = Reading(false, at: sample.time)
        if isOff { sample.load.isOn = Reading(true, at: sample.time) }
      }
      // The time begins with the stage's first scan.
      #expect(trip(next(after: 30, stuck)) == nil)
      #expect(trip(next(after: 20, stuck)) == nil && check.stage == stage)
      let failed = trip(next(after: 0.25, stuck))
      #expect(failed?.what == what && failed?.requirement == requirement)
      #expect(failed?.value == 20.25 && failed?.limit == 20 && failed?.unit == "s")
      #expect(failed?.origin == .bench)
    }
  }

  @Test("a contactor that can be read must be seen closed; a doubtful reading is none")
  mutating func closing() {
    reach(.closing)
    for _ in 0..<6 { #expect(next(closed: false) == want(0, closed: true)) }
    _ = next { $0.contactorClosed.quality = .missing }
    #expect(check.stage == .closing)
    _ = next()
    #expect(check.stage == .pulse)
    reach(.closing)
    for _ in 0..<4 { _ = next(closed: nil) }
    #expect(check.stage == .pulse)
  }

  @Test("below the window's lower end the supply drives the pulse, at it the load")
  mutating func empty() {
    reach(.pulse, voltage: 2.5)
    #expect(next(voltage: 2.5) == want(-0.5, closed: true))
    reach(.pulse, voltage: 2.4999)
    #expect(next(voltage: 2.4999) == want(0.5, closed: true))
    // It was decided before the pulse: what the voltage does then is the same.
    #expect(next(voltage: 2.6) == want(0.5, closed: true))
  }

  @Test("the zero current the other way is the wrong way round; less is not")
  mutating func wrongWay() {
    for (voltage, sign) in [(3.5, -1.0), (2.25, 1)] {
      let (source, load) = (sign > 0, sign < 0)
      reach(.pulse, voltage: voltage)
      #expect(
        next(-sign * 0.1249, voltage: voltage, sourceOn: source, loadOn: load)
          == want(sign * 0.5, closed: true))
      let failed = trip(
        next(-sign * 0.125, voltage: voltage, sourceOn: source, loadOn: load))
      #expect(failed?.what == "shunt reads the wrong way round")
      #expect(failed?.value == -sign * 0.125 && failed?.limit == sign * 0.5)
      #expect(failed?.requirement == "SAF-005" && failed?.unit == "A")
      // Before its device is on, current says nothing.
      reach(.pulse, voltage: voltage)
      #expect(
        next(-sign * 0.5, voltage: voltage, sourceOn: load, loadOn: source)
          == want(sign * 0.5, closed: true))
    }
  }

  @Test("the pulse must flow in so many scans in a row")
  mutating func row() {
    reach(.pulse)
    for _ in 0..<2 { _ = next(-0.125, loadOn: true) }
    _ = next(-0.1249, loadOn: true)
    for _ in 0..<2 { _ = next(-0.125, loadOn: true) }
    #expect(check.stage == .pulse)
    _ = next(-0.125, loadOn: true)
    #expect(check.stage == .pulseOff)
  }

  @Test(
    "meter and terminals are compared from the second scan with current on, by the device that drives"
  )
  mutating func sense() {
    for (voltage, current) in [(3.5, -0.5), (2.25, 0.5)] {
      let (source, load) = (current > 0, current < 0)
      for difference in [-0.125, 0.125] {
        reach(.pulse, voltage: voltage)
        // No current yet, and the first scan with current: the meters have not all seen it.
        for now in [0, 0, 0, current] {
          let step = next(
            now, voltage: voltage, terminal: voltage + 1, sourceOn: source, loadOn: load)
          #expect(step == want(current, closed: true))
        }
        // At the tolerance nothing is said; past it the second scan with current says it.
        for (factor, fails) in [(1.0, false), (1.0625, true)] {
          reach(.pulse, voltage: voltage)
          _ = next(current, voltage: voltage, sourceOn: source, loadOn: load)
          let step = next(
            current, voltage: voltage, terminal: voltage + difference * factor, sourceOn: source,
            loadOn: load)
          guard fails else {
            #expect(step == want(current, closed: true))
            continue
          }
          let failed = trip(step)
          #expect(failed?.value == difference * 1.0625 && failed?.limit == 0.125)
          #expect(failed?.requirement == "SAF-016" && failed?.unit == "V")
        }
      }
    }
  }
}
