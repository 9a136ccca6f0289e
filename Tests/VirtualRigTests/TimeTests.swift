import Testing
import VirtualRig

@Test("SAF-001 a contactor that is not re-armed opens by itself, within a tick")
func deadMan() throws {
  var bench = try Fixture.bench(
    try Fixture.plantFile("[contactor]\nrelease_time = \"30 ms\""))
  try bench.rearm(25)
  try bench.supply(1, ceiling: 4.3)
  try bench.run(until: 2000)
  #expect(bench.bench.physics.isContactorClosed)
  bench.bench.physics.run(for: 529_999)
  #expect(bench.bench.physics.isContactorClosed)
  #expect(try bench.ask("contactor", [1, 0, 0, 0, 1]) == [1, 1, 0])
  bench.bench.physics.run(for: 1)
  #expect(!bench.bench.physics.isContactorClosed)
  #expect(bench.bench.physics.flow.cell == 0)
}

@Test(
  "a second timed closing starts the time anew, or not, as the plant says",
  arguments: [("restarts", true), ("ignored", false)])
func retrigger(word: String, isClosed: Bool) throws {
  var bench = try Fixture.bench(
    try Fixture.plantFile("[contactor]\nrelease_time = \"0 ms\"\nretrigger = \"\(word)\""))
  try bench.rearm(25)
  try bench.run(until: 1000)
  try bench.rearm(25)
  try bench.run(until: 3000)
  #expect(bench.bench.physics.isContactorClosed == isClosed)
}

@Test("opening by command ends a timed closing")
func openEndsTimer() throws {
  var bench = try Fixture.bench(
    try Fixture.plantFile("[contactor]\nrelease_time = \"0 ms\""))
  try bench.rearm(25)
  try bench.bit("contactor", 0, 0)
  #expect(!bench.bench.physics.isContactorClosed)
  try bench.run(until: 5000)
  #expect(!bench.bench.physics.isContactorClosed)
}

@Test("the chamber's air follows its set-point as a first-order lag")
func chamberLag() throws {
  var bench = try Fixture.bench(
    try Fixture.plantFile("[chamber]\ntime_constant = \"100 s\""))
  try bench.write("chamber", 0, 100)
  try bench.run(until: 100_000)
  // 25 - 15 (1 - exp(-1))
  #expect(abs(bench.bench.physics.chamber.temperature - 15.518191617571635) < 1e-9)
  #expect(try bench.words("chamber", 3, 1, 1) == [155])
}

@Test("a late sensor reads what was, to the substep")
func latency() throws {
  let plant = try Fixture.plantFile("[sensor.meter.shunt_current]\nlatency = \"300 ms\"")
  var bench = try Fixture.bench(plant)
  try bench.rearm()
  try bench.run(until: 1000)
  try bench.supply(1, ceiling: 4.3)
  try bench.run(until: 1200)
  #expect(try bench.meter().current == 0)
  try bench.run(until: 1300)
  #expect(try bench.meter().current == 1)
}

@Test("before the first tick a stepped clock stands, after it it waits 200 ms and runs on")
func standingClock() {
  let patience = StandingClock.patience
  var clock = StandingClock(.stepped, now: 0)
  #expect(
    clock.action(now: 10 * patience, lastTick: nil, contactorClosed: false)
      == .wait(patience / 4))
  let tick = 10 * patience + 1000
  #expect(clock.action(now: tick, lastTick: tick, contactorClosed: true) == .wait(patience))
  #expect(
    clock.action(now: tick + patience, lastTick: tick, contactorClosed: true) == .wait(0))
  #expect(
    clock.action(now: tick + patience + 5_000_900, lastTick: tick, contactorClosed: true)
      == .run(5_000_000))
  #expect(clock.isRunning)
  // What was left over is not lost.
  #expect(
    clock.action(now: tick + patience + 6_000_000, lastTick: tick, contactorClosed: true)
      == .run(1_000_000))
  let next = tick + patience + 7_000_000
  #expect(clock.action(now: next, lastTick: next, contactorClosed: true) == .wait(patience))
  #expect(!clock.isRunning)
}

@Test("a contactor closed before any tick starts the clock as well")
func clockStartsWithContactor() {
  var clock = StandingClock(.stepped, now: 0)
  let patience = StandingClock.patience
  #expect(clock.action(now: 5, lastTick: nil, contactorClosed: true) == .wait(patience))
  #expect(
    clock.action(now: 5 + patience + 1000, lastTick: nil, contactorClosed: true) == .run(1000))
}

@Test("at real pace time passes from the start and the pace device refuses to be ticked")
func realPace() throws {
  var clock = StandingClock(.real, now: 100)
  #expect(clock.action(now: 5100, lastTick: nil, contactorClosed: false) == .run(5000))
  let configuration = try Fixture.configuration(try Fixture.plantFile(), pace: .real)
  var bench = TestBench(
    bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
  let reply = try bench.ask("pace", [23, 0, 2, 0, 2, 0, 4, 0, 2, 4, 0, 0, 3, 0xE8])
  #expect(reply == [23 | 0x80, 4])
}

@Test(
  "a state out of the model's range is held, and the bench lives on", arguments: ["spme", "dfn"])
func outOfRange(model: String) throws {
  var bench = try Fixture.bench(try Fixture.plantFile(charge: "1 %", step: "1 s", model: model))
  try bench.rearm(0xFFFF)
  try bench.load(10)
  try bench.run(until: 600_000)
  let voltage = try bench.meter().voltage
  #expect(voltage.isFinite)
  #expect(bench.bench.physics.isContactorClosed)
  try bench.write("load", 0x0A00, words: [43])
  try bench.run(until: 700_000)
  #expect(try bench.meter().current == 0)
}
