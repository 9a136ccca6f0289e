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
    "meter and terminals are compared once the pulse has flowed for its time, by the device that drives"
  )
  mutating func sense() {
    for (voltage, current) in [(3.5, -0.5), (2.25, 0.5)] {
      let (source, load) = (current > 0, current < 0)
      for difference in [-0.125, 0.125] {
        // At the tolerance nothing is said; past it the last scan of the pulse says it.
        for (factor, fails) in [(1.0, false), (1.0625, true)] {
          scan.reach(.pulse, voltage: voltage)
          // No current yet, and the first scans with current: the meters have not all seen it.
          for now in [0, current, current] {
            let step = scan.next(
              now, voltage: voltage, terminal: voltage + 1, sourceOn: source, loadOn: load)
            #expect(step == scan.want(current, closed: true))
          }
          let step = scan.next(
            current, voltage: voltage, terminal: voltage + difference * factor, sourceOn: source,
            loadOn: load)
          guard fails else {
            #expect(step == scan.want(0, closed: true) && scan.check.stage == .pulseOff)
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
    for _ in 0..<4 {
      _ = scan.next(-0.5, terminal: 4, loadOn: true, { $0.load.voltage.quality = .missing })
      _ = scan.next(-0.5, terminal: 4, loadOn: true, { $0.cellVoltage.quality = .missing })
    }
    // Both must have been seen; a load that reads no voltage has none to compare.
    #expect(scan.check.stage == .pulse)
    _ = scan.next(-0.5, loadOn: true)
    #expect(scan.check.stage == .pulseOff)
    for voltage in [3.5, 2.25] {
      let sign = voltage > 2.5 ? -1.0 : 1
      let none = { (sample: inout Sample) in
        sample.load.voltage = .missing(at: .zero)
        sample.source.voltage = .missing(at: .zero)
      }
      for reads in [false, true] {
        scan.reach(.pulse, voltage: voltage, readsVoltage: reads)
        for _ in 0..<3 {
          _ = scan.next(
            sign * 0.5, voltage: voltage, sourceOn: sign > 0, loadOn: sign < 0, none)
        }
        #expect((scan.check.stage == .pulse) == reads)
      }
      // One that reads a voltage and never has any, as with its leads reversed, fails for that.
      let failed = scan.trip(
        scan.next(
          sign * 0.5, voltage: voltage, sourceOn: sign > 0, loadOn: sign < 0, after: 30, none))
      #expect(
        failed?.what == "voltage at the terminals is not to be had while the test current flows")
      #expect(failed?.requirement == "SAF-016")
    }
    // One scan with current tells it from a circuit that carries none.
    for (current, words) in [(0.5, "voltage at the terminals"), (0, "no test current")] {
      scan.reach(.pulse, voltage: 2.25)
      _ = scan.next(0, voltage: 2.25, sourceOn: true)
      let failed = scan.trip(
        scan.next(
          current, voltage: 2.25, sourceOn: true, after: 30,
          { $0.source.voltage = .missing(at: .zero) }))
      #expect(failed?.what.hasPrefix(words) == true)
    }
  }

  @Test("a load that draws later than the weld test waited for it has shown nothing there")
  mutating func slow() {
    for (wait, fails) in [(2.0, false), (2.25, true)] {
      scan.reach(.pulse)
      #expect(scan.next(0, loadOn: true) == scan.want(-0.5, closed: true))
      // At the zero current itself it draws.
      let step = scan.next(-0.125, loadOn: true, after: wait)
      #expect((scan.trip(step) != nil) == fails)
      if let failed = scan.trip(step) {
        #expect(failed.what.hasPrefix("load draws later than the weld test waited"))
        #expect(failed.value == 2.25 && failed.limit == 2 && failed.requirement == "SAF-014")
      }
    }
    // The supply was not what the weld test waited for; nor does a gap after the first current count.
    scan.reach(.pulse, voltage: 2.25)
    _ = scan.next(0, voltage: 2.25, sourceOn: true)
    #expect(scan.trip(scan.next(0.5, voltage: 2.25, sourceOn: true, after: 3)) == nil)
  }

  @Test("2 s must go by while the thing is seen, however many scans they hold")
  mutating func settling() {
    for (period, scans) in [(0.25, 9), (0.5, 5), (1, 3), (1.5, 3), (4, 3)] {
      scan.reach(.weld)
      for count in 1...scans {
        #expect(scan.check.stage == .weld)
        _ = scan.next(loadOn: true, closed: false, after: period)
        #expect((scan.check.stage == .weldOff) == (count == scans))
      }
      scan.reach(.pulse)
      // What was seen before a scan without it counts no more.
      for current in [-0.5, -0.5, 0] { _ = scan.next(current, loadOn: true, after: period) }
      for count in 1...scans {
        #expect(scan.check.stage == .pulse)
        _ = scan.next(-0.5, loadOn: true, after: period)
        #expect((scan.check.stage == .pulseOff) == (count == scans))
      }
    }
  }

  @Test("a pulse that the supply drove shows nothing of the load's lead")
  mutating func shown() {
    scan.reach(.done)
    #expect(scan.check.isLoadShown)
    scan.reach(.done, voltage: 2.25)
    #expect(!scan.check.isLoadShown)
  }
}
