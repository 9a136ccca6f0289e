import Bench
import Testing

@Suite("A held voltage is closed on the measured cell voltage")
struct VoltageHoldTests {
  @Test(
    "it settles within 1 mV for any cell below 0.2 ohm, without reversing the current",
    arguments: [0.01, 0.03, 0.05, 0.1, 0.19])
  func settles(resistance: Double) {
    let openCircuit = 4.15
    var hold = VoltageHold(from: 1.6, charging: true)
    var current = 1.6
    for _ in 0..<200 {
      current = hold.next(
        target: 4.2, measured: openCircuit + resistance * current, limit: 6)
      #expect(current >= 0 && current <= 6)
    }
    if resistance * 6 > 0.05 { #expect(abs(openCircuit + resistance * current - 4.2) < 1e-3) }
  }

  @Test("a cell above the held voltage gets no current, never a negative one")
  func above() {
    var hold = VoltageHold(from: 1, charging: true)
    for _ in 0..<20 { _ = hold.next(target: 4.2, measured: 4.25, limit: 6) }
    #expect(hold.current == 0)
  }

  @Test("a hold that follows a rest begins in the direction it was asked to")
  func fromRest() {
    var charging = VoltageHold(from: 0, charging: true)
    #expect(charging.next(target: 4.2, measured: 4.1, limit: 6) > 0)
    var discharging = VoltageHold(from: 0, charging: false)
    #expect(discharging.next(target: 3, measured: 3.1, limit: 6) < 0)
  }
}
