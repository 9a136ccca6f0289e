import Testing
import VirtualRig

/// The pair before a plant whose contactor opens in 30 ms.
private func bench(_ plant: String = "", faults: String? = nil) throws -> TestBench {
  let plant = try Fixture.plantFile("[contactor]\nrelease_time = \"30 ms\"\n\(plant)", tcp: "[]")
  let configuration = try Fixture.configuration(plant, bench: .relayPair, faults: faults)
  return TestBench(
    bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
}

@Test(
  "two relays side by side: the contactor is closed while either is, and opens a release after the later"
)
func sideBySide() throws {
  var bench = try bench()
  try bench.bit("contactor", 0x0200, 40)
  try bench.run(until: 2000)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 2]) == [1, 1, 0b01])
  try bench.bit("contactor", 0x0201, 40)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 2]) == [1, 1, 0b11])
  try bench.run(until: 5999)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 2]) == [1, 1, 0b10])
  #expect(bench.bench.physics.isContactorClosed)
  bench.bench.physics.run(for: 30_999)
  #expect(bench.bench.physics.isContactorClosed)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 2]) == [1, 1, 0])
  bench.bench.physics.run(for: 1)
  #expect(!bench.bench.physics.isContactorClosed)
}

@Test(
  "the pair's relays ignore a second closing while closed, unless the plant says otherwise",
  arguments: [("", false), ("retrigger = \"restarts\"", true), ("retrigger = \"ignored\"", false)])
func pairIgnores(plant: String, isClosed: Bool) throws {
  var bench = try bench(plant)
  try bench.bit("contactor", 0x0200, 25)
  try bench.run(until: 1000)
  try bench.bit("contactor", 0x0200, 25)
  try bench.run(until: 3000)
  #expect(bench.bench.physics.isContactorClosed == isClosed)
}

@Test(
  "SAF-014 a fault of relays that ignore re-arming does a pair in turn no harm; the single relay opens"
)
func pairUnderFault() throws {
  let fault = "[[fault]]\nkind = \"relay_ignores_rearming\"\n"
  var pair = try bench("retrigger = \"restarts\"", faults: fault)
  var single = try Fixture.bench(faults: fault)
  var opened = 0
  for second in 0..<40 {
    // Each for 4 s, told when it reads open, half of the other's time past: at 0, 2, 4 s ...
    if second.isMultiple(of: 2) {
      let relay = UInt16(second / 2 % 2)
      #expect(try pair.ask("contactor", [1, 0, UInt8(relay), 0, 1]) == [1, 1, 0])
      try pair.bit("contactor", 0x0200 + relay, 40)
    }
    try single.rearm(40)
    for half in 1...2 {
      try pair.run(until: UInt32(second * 1000 + half * 500))
      try single.run(until: UInt32(second * 1000 + half * 500))
      #expect(pair.bench.physics.isContactorClosed)
      if !single.bench.physics.isContactorClosed { opened += 1 }
    }
  }
  #expect(opened > 5)
}

@Test(
  "other relays of the board do nothing to the contactor, and a board without power lets both fall")
func otherRelays() throws {
  var bench = try bench(
    faults: "[[fault]]\nkind = \"reset\"\ndevice = \"contactor\"\nfrom = \"10 s\"\nto = \"12 s\"\n")
  try bench.bit("contactor", 0x0202, 600)
  #expect(!bench.bench.physics.isContactorClosed)
  try bench.bit("contactor", 0x0200, 600)
  try bench.bit("contactor", 0x0201, 600)
  #expect(bench.bench.physics.isContactorClosed)
  try bench.run(until: 10_100)
  #expect(!bench.bench.physics.isContactorClosed)
  try bench.run(until: 12_100)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 3]) == [1, 1, 0])
}
