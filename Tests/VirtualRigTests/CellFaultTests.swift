import Electrochemistry
import Foundation
import Profiles
import Testing
import VirtualRig

private func fault(_ kind: String, _ more: String = "") -> String {
  "[[fault]]\nkind = \"\(kind)\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

@Test(
  "reversed cell: the meter reads it upside down, a closed contactor discharges it, the load says so"
)
func reversedCell() throws {
  var bench = try Fixture.bench(faults: "[[fault]]\nkind = \"reversed_cell\"\n")
  let rested = try bench.meter()
  #expect(rested.voltage < -3 && rested.current == 0)
  let charge = bench.bench.physics.outputs.stateOfCharge
  try bench.rearm(600)
  try bench.supply(1, ceiling: 4.2)
  // The holder's current charges, the cell's own discharges; the load conducts backwards.
  #expect(try bench.meter().current > 1)
  try bench.run(until: 1000)
  #expect(bench.bench.physics.outputs.stateOfCharge < charge)
  #expect(bench.bench.physics.outputs.voltage > 0)
  #expect(try bench.ask("load", [1, 0x05, 0x24, 0, 1]) == [1, 1, 0x49])
}

@Test("internal short: V/R flows inside the cell, at rest too, and the meter does not see it")
func internalShort() throws {
  var bench = try PortBench(faults: fault("internal_short", "resistance = \"2 Ohm\""))
  let rested = try bench.meter().voltage
  try bench.run(until: 10_000)
  let shorted = try bench.meter()
  #expect(shorted.current == 0)
  // Some 1.9 A through the cell's own resistance.
  #expect(rested - shorted.voltage > 0.02)
  try bench.run(until: 20_000)
  #expect(rested - (try bench.meter().voltage) < 0.02)
}

@Test("internal short: current, voltage and charge agree with Ohm, in the truth")
func shortTruth() throws {
  let path = NSTemporaryDirectory() + "short-\(UUID().uuidString).csv"
  defer {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + ".json")
  }
  var bench = try Fixture.bench(
    faults: fault("internal_short", "resistance = \"2 Ohm\""), truth: path)
  for second in UInt32(1)...21 { try bench.run(until: second * 1000) }
  bench.bench.physics.flushTruth()
  let rows = try truthRows(path)
  let inside = rows.filter { $0["pace_second"] ?? 0 > 10 && $0["pace_second"] ?? 0 < 20 }
  #expect(inside.count == 9)
  for row in inside {
    let current = try #require(row["internal_short_ampere"])
    #expect(abs(current * 2 - (row["voltage_volt"] ?? 0)) < 1e-5)
    #expect(row["current_ampere"] == 0)
  }
  let charge = (rows.last?["state_of_charge"] ?? 0) - (rows.first?["state_of_charge"] ?? 0)
  // 10 s of V/R from 5 Ah.
  let expected = -(inside[4]["internal_short_ampere"] ?? 0) * 10 / 3600 / 5
  #expect(abs(charge / expected - 1) < 0.05)
  #expect(rows.last?["internal_short_ampere"] == 0)
  let sidecar = try String(contentsOfFile: path + ".json", encoding: .utf8)
  #expect(sidecar.contains("internal_short"))
}

@Test("over-temperature: heat from outside warms the cell as C dT/dt = Q - hA (T - T_a)")
func overTemperature() throws {
  var bench = try Fixture.bench(faults: "[[fault]]\nkind = \"over_temperature\"\nheat = \"5 W\"\n")
  let cell = try Fixture.cell()
  let cooling = cell.heatTransferCoefficient * cell.coolingArea
  try bench.run(until: 120_000)
  let expected = 5 / cooling * (1 - exp(-120 * cooling / cell.heatCapacity))
  let rise = bench.bench.physics.outputs.temperature - 25
  #expect(abs(rise / expected - 1) < 0.01, "\(rise) \(expected)")
  #expect(bench.bench.physics.chamber.temperature == 25)
}

@Test("faults begin and end at their pace time, however far apart the ticks")
func boundaries() throws {
  func charge(_ ticks: [UInt32]) throws -> Double {
    var bench = try Fixture.bench(
      faults: fault("load_stuck_on", "").replacing(
        "from", with: "device = \"load\"\ncurrent = \"2 A\"\nfrom"))
    try bench.rearm(0xFFFF)
    for tick in ticks { try bench.run(until: tick) }
    return bench.bench.physics.outputs.stateOfCharge
  }
  // The substep's grid is the same: 100 ms.
  #expect(try charge([30_000]) == charge([7000, 10_000, 13_000, 20_000, 30_000]))
}

@Test("wrong chemistry: another cell is in the holder, with its own charge")
func wrongChemistry() throws {
  let faults = try Fixture.faultFile(
    "[[fault]]\nkind = \"wrong_chemistry\"\ncell = \"./prada2013.json\"\nstate_of_charge = \"50 %\"\n"
  )
  let plant = try Fixture.plantFile().withCell(of: faults)
  #expect(plant.stateOfCharge == Drawn(0.5, sd: 0))
  #expect(plant.cell.name == "./prada2013.json")
  let other = try CellFile.load(Fixture.root + "/profiles/cells/prada2013.json")
  let configuration = try RigConfiguration(
    bench: Fixture.benchFile(), plant: plant, cell: other, faults: faults, seed: 1, pace: .stepped)
  var bench = TestBench(bench: try Rig.bench(configuration), names: configuration.seats.map(\.name))
  // LFP against graphite stands between 3.2 and 3.4 V.
  #expect(3.2...3.4 ~= (try bench.meter().voltage))
}
