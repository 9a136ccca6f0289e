import Commissioning
import Quantities
import Testing

@Suite("What a relay makes of a second closing is measured, not believed")
struct RearmTestTests {
  /// A timed relay: closed until `until`.
  private struct Relay {
    var restarts: Bool
    var welded = false
    var hold: Double
    var until = 0.0

    mutating func take(_ order: BenchOrder, at time: Double) {
      switch order.contactor {
      case .rearmed where restarts || time >= until: until = time + hold
      case .open: until = 0
      default: break
      }
    }
  }

  private func run(_ relay: Relay, asked: Double = 2.5) -> (RearmTest, String?) {
    var relay = relay
    var test = RearmTest(hold: Seconds(asked))
    for scan in 0..<400 {
      let time = Double(scan) * 0.1
      var sample = Sample(scan: scan, time: Seconds(time), unixTime: 0)
      sample.contactorClosed = Reading(
        relay.welded || time < relay.until, at: Seconds(time))
      switch test.next(sample) {
      case .finished(let failure): return (test, failure)
      case .order(let order): relay.take(order, at: time)
      }
    }
    Issue.record("does not end")
    return (test, nil)
  }

  @Test("SAF-014: a relay whose time starts anew is told from one whose time runs on")
  func schemes() throws {
    let (restarting, failure) = run(Relay(restarts: true, hold: 2.5))
    #expect(failure == nil)
    #expect(restarting.scheme == .restarts)
    #expect(abs(try #require(restarting.single).value - 2.5) < 0.15)
    #expect(abs(try #require(restarting.double).value - 3.75) < 0.25)
    let (running, none) = run(Relay(restarts: false, hold: 2.5))
    #expect(none == nil)
    #expect(running.scheme == .runsOn)
  }

  @Test("SAF-001: the hold that is measured is the relay's own, not the one asked for")
  func ownHold() throws {
    let (test, failure) = run(Relay(restarts: true, hold: 4))
    #expect(failure == nil)
    #expect(abs(try #require(test.single).value - 4) < 0.15)
  }

  @Test("SAF-014: a contactor that stays closed or never closes fails")
  func stuck() {
    #expect(run(Relay(restarts: true, welded: true, hold: 2.5)).1?.contains("welded") == true)
    #expect(run(Relay(restarts: true, hold: 0)).1?.contains("does not read closed") == true)
    #expect(run(Relay(restarts: true, hold: 60)).1?.contains("not timed") == true)
  }
}
