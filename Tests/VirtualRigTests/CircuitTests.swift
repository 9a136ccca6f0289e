import Testing
import VirtualRig

@Test("with the contactor open no current passes the cell")
func openContactor() throws {
  var bench = try Fixture.bench()
  try bench.supply(2, ceiling: 4.3)
  try bench.load(1)
  #expect(bench.bench.physics.flow.supply == 1)
  #expect(bench.bench.physics.flow.load == 1)
  try bench.run(until: 1000)
  #expect(try bench.meter().current == 0)
}

@Test("supply minus load is what the shunt reads")
func currentsSum() throws {
  var bench = try Fixture.bench()
  try bench.rearm()
  try bench.supply(2, ceiling: 4.3)
  #expect(abs(try bench.meter().current - 2) < 1e-6)
  try bench.load(0.75)
  #expect(abs(try bench.meter().current - 1.25) < 1e-6)
  try bench.write("psu", 18, 0)
  #expect(abs(try bench.meter().current + 0.75) < 1e-6)
}

@Test("a ceiling below the cell's voltage delivers nothing and takes nothing")
func noBackFeed() throws {
  var bench = try Fixture.bench()
  try bench.rearm()
  let rested = try bench.meter().voltage
  try bench.supply(3, ceiling: 3)
  #expect(try bench.meter() == (rested, 0))
  #expect(try bench.words("psu", 3, 17, 2) == [0, 1])
}

@Test(
  "where the ceiling binds the terminals stand at it, and constant voltage is signalled",
  arguments: ["spme", "dfn"])
func ceilingBinds(model: String) throws {
  var bench = try Fixture.bench(try Fixture.plantFile(model: model))
  try bench.rearm()
  let rested = try bench.meter().voltage
  let ceiling = ((rested + 0.05) * 100).rounded() / 100
  try bench.supply(6, ceiling: ceiling)
  let flow = bench.bench.physics.flow
  #expect(abs(flow.terminalVoltage - ceiling) < 1e-5)
  #expect(flow.supply > 0.1 && flow.supply < 6)
  #expect(try bench.words("psu", 3, 17, 1) == [0])
  let meter = try bench.meter()
  #expect(abs(meter.voltage + flow.supply * 0.015 - ceiling) < 1e-5)
  try bench.write("psu", 8, 600)
  #expect(try bench.words("psu", 3, 17, 1) == [1])
  #expect(bench.bench.physics.flow.supply == 6)
}

@Test("a regulator holds what it reads: the true current is off by its sensor's errors")
func regulation() throws {
  let plant = try Fixture.plantFile("[sensor.psu.current]\noffset = \"20 mA\"\nscale = \"1 %\"")
  var bench = try Fixture.bench(plant, seed: 5)
  let errors = bench.bench.physics.supply.regulation
  #expect(errors.offset != 0 && errors.gain != 1)
  try bench.rearm()
  try bench.supply(2, ceiling: 4.3)
  let flows = bench.bench.physics.flow.supply
  #expect(abs(flows * errors.gain + errors.offset - 2) < 1e-9)
  #expect(try bench.words("psu", 3, 11, 1) == [2000])
  try bench.write("psu", 9, 0)
  #expect(bench.bench.physics.flow.supply == 0)
}

@Test("over-voltage trips latch, switch off and are told apart from over-current")
func supplyProtections() throws {
  var bench = try Fixture.bench()
  try bench.rearm()
  try bench.write("psu", 82, 370)
  try bench.supply(1, ceiling: 4.3)
  try bench.run(until: 1000)
  #expect(try bench.words("psu", 3, 16, 3) == [1, 0, 0])
  #expect(try bench.meter().current == 0)
  try bench.write("psu", 82, 500)
  try bench.write("psu", 83, 500)
  try bench.write("psu", 18, 1)
  #expect(try bench.words("psu", 3, 16, 1) == [0])
  try bench.run(until: 2000)
  #expect(try bench.words("psu", 3, 16, 3) == [2, 0, 0])
}

@Test("the load's limits trip it off with the coil that says why")
func loadProtections() throws {
  var bench = try Fixture.bench()
  try bench.rearm()
  try bench.load(2)
  try bench.write("load", 0x0A38, words: RegisterWords.float(5))
  try bench.run(until: 500)
  #expect(try bench.ask("load", [1, 0x05, 0x10, 0, 1]) == [1, 1, 0x48])
  #expect(try bench.ask("load", [1, 0x05, 0x22, 0, 1]) == [1, 1, 0x49])
  #expect(try bench.ask("load", [1, 0x05, 0x20, 0, 1]) == [1, 1, 0x48])
  #expect(try bench.meter().current == 0)
}

@Test(
  "a load in constant voltage draws the cell's terminals down to it", arguments: ["spme", "dfn"])
func loadHoldsVoltage(model: String) throws {
  var bench = try Fixture.bench(try Fixture.plantFile(model: model))
  try bench.rearm()
  let rested = try bench.meter().voltage
  try bench.load(0)
  try bench.write("load", 0x0A03, words: RegisterWords.float(rested - 0.05))
  try bench.write("load", 0x0A00, words: [2])
  let flow = bench.bench.physics.flow
  #expect(abs(flow.terminalVoltage - Double(Float(rested - 0.05))) < 1e-5)
  #expect(flow.load > 0.1)
}
