import Testing
import VirtualRig

private func fault(_ kind: String, _ more: String = "") -> String {
  "[[fault]]\nkind = \"\(kind)\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

@Test(
  "welded: both contacts stay closed whatever the coil; one alone still lets the other open",
  arguments: [("both", true), ("one", false)])
func welded(contacts: String, isClosed: Bool) throws {
  var bench = try Fixture.bench(faults: fault("contactor_welded", "contacts = \"\(contacts)\""))
  try bench.rearm(600)
  try bench.run(until: 11_000)
  try bench.bit("contactor", 0, 0)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == [1, 1, 0])
  try bench.run(until: 12_000)
  #expect(bench.bench.physics.isContactorClosed == isClosed)
  try bench.run(until: 20_000)
  #expect(!bench.bench.physics.isContactorClosed)
}

@Test("stuck open: the coil's bit says closed and nothing flows")
func stuckOpen() throws {
  var bench = try PortBench(faults: fault("relay_stuck_open"))
  try bench.supply(1, ceiling: 5)
  try bench.rearm(600)
  #expect(abs(try bench.meter().current - 1) < 1e-6)
  try bench.run(until: 10_000)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == [1, 1, 1])
  #expect(try bench.meter().current == 0)
}

@Test("a relay that ignores re-arming opens when the first time is over")
func ignoresRearming() throws {
  var bench = try Fixture.bench(faults: fault("relay_ignores_rearming"))
  try bench.run(until: 10_000)
  try bench.rearm(25)
  try bench.run(until: 12_000)
  try bench.rearm(25)
  try bench.run(until: 13_000)
  #expect(!bench.bench.physics.isContactorClosed)
}

@Test(
  "SAF-015 an open coil circuit opens the contactor whatever the relay says, and is read back",
  arguments: ["estop", "door", "smoke", "fan", "mains"].enumerated().map { ($0.offset, $0.element) }
)
func coilInputs(index: Int, input: String) throws {
  var bench = try PortBench(faults: fault(input))
  try bench.supply(1, ceiling: 5)
  try bench.rearm(600)
  #expect(try bench.ask("contactor", [2, 0, 0, 0, 5]) == [2, 1, 0x1F])
  try bench.run(until: 10_000)
  // The plant's contactor needs no time to open.
  #expect(try bench.meter().current == 0)
  #expect(try bench.ask("contactor", [2, 0, 0, 0, 5]) == [2, 1, 0x1F & ~(1 << UInt8(index))])
  // Neither its own bit nor another command brings it back.
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == [1, 1, 1])
  try bench.rearm(600)
  #expect(try bench.meter().current == 0)
  try bench.run(until: 20_000)
  #expect(try bench.meter().current != 0)
}

@Test("a relay board that loses its power lets the contactor fall")
func relayReset() throws {
  var bench = try PortBench(
    faults: "[[fault]]\nkind = \"reset\"\ndevice = \"contactor\"\nfrom = \"10 s\"\nto = \"12 s\"\n")
  try bench.supply(1, ceiling: 5)
  try bench.rearm(600)
  try bench.run(until: 10_000)
  #expect(try bench.meter().current == 0)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == nil)
  try bench.run(until: 12_000)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == [1, 1, 0])
}
