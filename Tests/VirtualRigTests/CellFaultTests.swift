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
