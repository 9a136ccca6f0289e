import Commissioning
import Quantities
import Testing

@Suite("A current that is struck at has flowed through every re-arming")
struct HeldCurrentTests {
  /// The first time at which 0.1 A counts as flowing; nil: in none of 60 s of 0.5 s scans.
  private func flows(through: Double, breaks: (Double) -> Bool) -> Double? {
    var held = HeldCurrent(
      Amperes(0.1), tolerance: Amperes(0.03), limit: Seconds(1000), through: Seconds(through))
    for scan in 0..<120 {
      let time = Double(scan) * 0.5
      var sample = Sample(scan: scan, time: Seconds(time), unixTime: 0)
      sample.current = Reading(Amperes(breaks(time) ? 0 : 0.1), at: Seconds(time))
      _ = held.next(sample)
      if held.isFlowing { return time }
    }
    return nil
  }

  @Test("SAF-014: one that breaks once in each hold never counts; without breaks it does after two")
  func breaks() {
    #expect(flows(through: 10) { _ in false } == 10)
    #expect(flows(through: 0) { _ in false } == 1)
    // Of two relays one is not wired: open for a scan each 5 s.
    #expect(flows(through: 10) { $0.truncatingRemainder(dividingBy: 5.5) == 5 } == nil)
    #expect(flows(through: 10) { $0 == 4 } == 14.5)
  }
}
