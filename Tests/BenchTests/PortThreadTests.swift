import Bench
import CRealtime
import Instruments
import Quantities
import Synchronization
import Testing

@Suite("Every port has a thread of its own")
struct PortThreadTests {
  private let patience = Int64(10_000_000_000)

  private func soon() -> Int64 { lockstep_monotonic_nanoseconds() + patience }

  @Test("a device that does not answer blinds no other")
  func silent() {
    let slow = ScriptedInstrument("slow")
    let quick = ScriptedInstrument("quick")
    let ports = [slow, quick].map { PortThread(name: $0.name, instruments: [$0]) }
    slow.gate.withLock { _ in
      for port in ports { port.post(PortOrder(.acquire, at: Seconds(1))) }
      #expect(ports[1].wait(until: soon()))
      #expect(!ports[0].isDone)
    }
    #expect(ports[0].wait(until: soon()))
    for port in ports { port.stop() }
  }

  @Test("SAF-001 an emergency during an acquisition is served before the order counts as done")
  func emergency() {
    let device = ScriptedInstrument("psu")
    let port = PortThread(name: "psu", instruments: [device])
    device.gate.withLock { _ in
      port.post(PortOrder(.acquire, at: Seconds(1)))
      while !device.began.load(ordering: .sequentiallyConsistent) {}
      port.makeSafeWhenFree()
    }
    #expect(port.wait(until: soon()))
    #expect(device.done.withLock { $0 } == ["acquire", "makeSafe"])
    port.stop()
  }

  @Test("SAF-014 an order that expired while the process was stopped moves nothing, and says so")
  func expired() {
    let device = ScriptedInstrument("contactor")
    let port = PortThread(name: "contactor", instruments: [device])
    for (age, carriedOut) in [(Int64(1), false), (-PortOrder.lifetime, true)] {
      var order = PortOrder(.perform, at: Seconds(1))
      order.append(.rearm(hold: Seconds(2.5)), to: 0)
      order.expires = lockstep_monotonic_nanoseconds() - age
      port.post(order)
      #expect(port.wait(until: soon()))
      #expect(device.done.withLock { $0 }.contains("perform") == carriedOut)
      #expect((port.failure?.description.contains("held up") ?? false) == !carriedOut)
    }
    port.stop()
  }

  @Test("SAF-001 after an emergency nothing that moves current is carried out")
  func afterwards() {
    let device = ScriptedInstrument("psu")
    let port = PortThread(name: "psu", instruments: [device])
    port.makeSafeWhenFree()
    var order = PortOrder(.perform, at: Seconds(2))
    order.append(.switchOn, to: 0)
    port.post(order)
    #expect(port.wait(until: soon()))
    port.post(PortOrder(.acquire, at: Seconds(3)))
    #expect(port.wait(until: soon()))
    #expect(device.done.withLock { $0 } == ["makeSafe", "acquire"])
    port.stop()
  }
}
