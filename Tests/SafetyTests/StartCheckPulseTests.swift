import Quantities
import Safety
import Testing

@Suite("SAF-016 the pulse of the check before the first current, scan by scan")
struct StartCheckPulseTests {
  private var scan = StartCheckScan()

  @Test("below the window's lower end the supply drives the pulse, at it the load")
  mutating func empty() {
    scan.reach(.pulse, voltage: 2.5)
    #expect(scan.next(voltage: 2.5) == scan.want(-0.5, closed: true))
    scan.reach(.pulse, voltage: 2.4999)
    #expect(scan.next(voltage: 2.4999) == scan.want(0.5, closed: true))
    // It was decided before the pulse: what the voltage does then is the same.
    #expect(scan.next(voltage: 2.6) == scan.want(0.5, closed: true))
  }

  @Test("the zero current the other way is the wrong way round; less is not")
  mutating func wrongWay() {
    for (voltage, sign) in [(3.5, -1.0), (2.25, 1)] {
      let (source, load) = (sign > 0, sign < 0)
      scan.reach(.pulse, voltage: voltage)
      #expect(
        scan.next(-sign * 0.1249, voltage: voltage, sourceOn: source, loadOn: load)
          == scan.want(sign * 0.5, closed: true))
      let failed = scan.trip(
        scan.next(-sign * 0.125, voltage: voltage, sourceOn: source, loadOn: load))
      #expect(failed?.what == "shunt reads the wrong way round")
      #expect(failed?.value == -sign * 0.125 && failed?.limit == sign * 0.5)
      #expect(failed?.requirement == "SAF-005" && failed?.unit == "A")
      // Before its device is on, current says nothing.
      scan.reach(.pulse, voltage: voltage)
      #expect(
        scan.next(-sign * 0.5, voltage: voltage, sourceOn: load, loadOn: source)
          == scan.want(sign * 0.5, closed: true))
    }
  }

  @Test("the pulse must flow in so many scans in a row")
  mutating func row() {
    scan.reach(.pulse)
    for _ in 0..<2 { _ = scan.next(-0.125, loadOn: true) }
    _ = scan.next(-0.1249, loadOn: true)
    for _ in 0..<2 { _ = scan.next(-0.125, loadOn: true) }
    #expect(scan.check.stage == .pulse)
    _ = scan.next(-0.125, loadOn: true)
    #expect(scan.check.stage == .pulseOff)
  }

  @Test(
    "meter and terminals are compared from the second scan with current on, by the device that drives"
  )
  mutating func sense() {
    for (voltage, current) in [(3.5, -0.5), (2.25, 0.5)] {
      let (source, load) = (current > 0, current < 0)
      for difference in [-0.125, 0.125] {
        scan.reach(.pulse, voltage: voltage)
        // No current yet, and the first scan with current: the meters have not all seen it.
        for now in [0, 0, 0, current] {
          let step = scan.next(
            now, voltage: voltage, terminal: voltage + 1, sourceOn: source, loadOn: load)
          #expect(step == scan.want(current, closed: true))
        }
        // At the tolerance nothing is said; past it the second scan with current says it.
        for (factor, fails) in [(1.0, false), (1.0625, true)] {
          scan.reach(.pulse, voltage: voltage)
          _ = scan.next(current, voltage: voltage, sourceOn: source, loadOn: load)
          let step = scan.next(
            current, voltage: voltage, terminal: voltage + difference * factor, sourceOn: source,
            loadOn: load)
          guard fails else {
            #expect(step == scan.want(current, closed: true))
            continue
          }
          let failed = scan.trip(step)
          #expect(failed?.value == difference * 1.0625 && failed?.limit == 0.125)
          #expect(failed?.requirement == "SAF-016" && failed?.unit == "V")
        }
      }
    }
  }

  @Test("a reading in doubt shows no pulse, and accuses nobody")
  mutating func doubt() {
    scan.reach(.pulse)
    for _ in 0..<5 {
      _ = scan.next(-0.5, loadOn: true, { $0.current.quality = .missing })
      _ = scan.next(-0.5, loadOn: true, { $0.load.isOn.quality = .missing })
    }
    #expect(scan.check.stage == .pulse)
    _ = scan.next(-0.5, loadOn: true)
    for step in [
      scan.next(-0.5, terminal: 4, loadOn: true, { $0.load.voltage.quality = .missing }),
      scan.next(-0.5, terminal: 4, loadOn: true, { $0.cellVoltage.quality = .missing }),
    ] { #expect(scan.trip(step) == nil) }
    #expect(scan.check.stage == .pulseOff)
  }
}
