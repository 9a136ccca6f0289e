import Quantities
import Safety
import Testing

@Suite("SAF-014 the check before the first current, scan by scan")
struct StartCheckScanTests {
  private var scan = StartCheckScan()

  @Test("the whole way of a sound bench, scan by scan")
  mutating func way() {
    #expect(scan.next(closed: false) == scan.want(-0.5, closed: false))
    for _ in 0..<2 {
      #expect(scan.next(loadOn: true, closed: false) == scan.want(-0.5, closed: false))
    }
    #expect(scan.check.stage == .weld)
    #expect(scan.next(loadOn: true, closed: false) == scan.want(0, closed: false))
    #expect(scan.check.stage == .weldOff)
    #expect(scan.next(loadOn: true, closed: false) == scan.want(0, closed: false))
    #expect(scan.check.stage == .weldOff)
    #expect(scan.next(closed: false) == scan.want(0, closed: false))
    #expect(scan.check.stage == .closing)
    for _ in 0..<3 { #expect(scan.next() == scan.want(0, closed: true)) }
    #expect(scan.check.stage == .closing)
    #expect(scan.next() == scan.want(0, closed: true))
    #expect(scan.check.stage == .pulse)
    #expect(scan.next() == scan.want(-0.5, closed: true))
    for _ in 0..<2 { #expect(scan.next(-0.5, loadOn: true) == scan.want(-0.5, closed: true)) }
    #expect(scan.check.stage == .pulse)
    #expect(scan.next(-0.5, loadOn: true) == scan.want(0, closed: true))
    #expect(scan.check.stage == .pulseOff)
    #expect(scan.next(-0.125) == scan.want(0, closed: true))
    #expect(scan.check.stage == .pulseOff)
    #expect(scan.next() == scan.want(0, closed: true))
    #expect(scan.check.stage == .done)
    #expect(scan.next() == .done)
  }

  @Test("it goes on after the weld test unless it is said otherwise")
  mutating func goesOn() {
    scan.check = StartCheck(rules: .init(current: Amperes(0.5), emptyBelow: Volts(2.5)))
    for _ in 0..<3 { _ = scan.next(loadOn: true, closed: false) }
    _ = scan.next(closed: false)
    #expect(scan.check.stage == .closing)
  }

  @Test("after the last current it ends with the weld test")
  mutating func afterwards() {
    scan.check = StartCheckScan.fresh(endsAfterWeld: true)
    for _ in 0..<3 { _ = scan.next(loadOn: true, closed: false) }
    #expect(scan.next(closed: false) == scan.want(0, closed: false))
    #expect(scan.check.stage == .done && scan.next(closed: false) == .done)
  }

  @Test("the zero current itself, either way, is current through an open contactor")
  mutating func weld() {
    for current in [0.125, -0.125] {
      scan = StartCheckScan()
      #expect(scan.next(current * 0.99, loadOn: true) == scan.want(-0.5, closed: false))
      let failed = scan.trip(scan.next(current, loadOn: true))
      #expect(failed?.value == current && failed?.limit == 0.125 && failed?.unit == "A")
      #expect(failed?.what == "contactor is welded: current flows while it is open")
      #expect(failed?.requirement == "SAF-014" && failed?.time == Seconds(1002))
      // While the load is not on, or the current not read, nothing is said.
      scan = StartCheckScan()
      #expect(scan.next(1) == scan.want(-0.5, closed: false))
      for _ in 0..<5 {
        #expect(
          scan.next(1, loadOn: true, { $0.current.quality = .missing })
            == scan.want(-0.5, closed: false))
        #expect(
          scan.next(loadOn: true, { $0.load.isOn.quality = .missing })
            == scan.want(-0.5, closed: false))
      }
      #expect(scan.check.stage == .weld)
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
      scan.reach(stage)
      let isOff = stage == .weldOff || stage == .pulseOff
      let stuck = { (sample: inout Sample) in
        sample.contactorClosed = Reading(false, at: sample.time)
        if isOff { sample.load.isOn = Reading(true, at: sample.time) }
      }
      // The time begins with the stage's first scan.
      #expect(scan.trip(scan.next(after: 30, stuck)) == nil)
      #expect(scan.trip(scan.next(after: 20, stuck)) == nil && scan.check.stage == stage)
      let failed = scan.trip(scan.next(after: 0.25, stuck))
      #expect(failed?.what == what && failed?.requirement == requirement)
      #expect(failed?.value == 20.25 && failed?.limit == 20 && failed?.unit == "s")
      #expect(failed?.origin == .bench)
    }
  }

  @Test("a contactor that can be read must be seen closed; a doubtful reading is none")
  mutating func closing() {
    scan.reach(.closing)
    for _ in 0..<6 { #expect(scan.next(closed: false) == scan.want(0, closed: true)) }
    _ = scan.next { $0.contactorClosed.quality = .missing }
    #expect(scan.check.stage == .closing)
    _ = scan.next()
    #expect(scan.check.stage == .pulse)
    scan.reach(.closing)
    for _ in 0..<4 { _ = scan.next(closed: nil) }
    #expect(scan.check.stage == .pulse)
  }
}
