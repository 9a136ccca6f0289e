import Foundation
import Testing
import VirtualRig

private func fault(_ kind: String, _ device: String, _ more: String = "") -> String {
  "[[fault]]\nkind = \"\(kind)\"\ndevice = \"\(device)\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

@Test("lost remote: writes are answered and change nothing, then are obeyed again")
func ignoredWrites() throws {
  var bench = try PortBench(faults: fault("lost_remote", "psu"))
  try bench.rearm(600)
  try bench.supply(1, ceiling: 5)
  try bench.run(until: 10_000)
  try bench.write("psu", 18, 0)
  try bench.write("psu", 9, 0)
  #expect(try bench.words("psu", 3, 18, 1) == [1])
  #expect(try bench.words("psu", 3, 9, 1) == [1000])
  #expect(abs(try bench.meter().current - 1) < 1e-6)
  try bench.run(until: 20_000)
  try bench.write("psu", 18, 0)
  #expect(try bench.meter().current == 0)
}

@Test("lost remote, refused: writes get an exception; remote control must be taken again")
func refusedWrites() throws {
  var bench = try PortBench(
    .bidirectional, faults: fault("lost_remote", "psb", "writes = \"refused\""))
  try bench.bit("psb", 402, 0xFF00)
  try bench.run(until: 10_000)
  #expect(try bench.ask("psb", [5, 1, 146, 0xFF, 0]) == [0x85, 4])
  #expect(try bench.words("psb", 3, 505, 2)[1] & 1 << 11 == 0)
  try bench.run(until: 20_000)
  #expect(try bench.ask("psb", [6, 1, 245, 0, 9]) == [0x86, 4])
  try bench.bit("psb", 402, 0xFF00)
  try bench.write("psb", 501, 9)
}

@Test("lost remote: a load's remote coil falls")
func loadLosesRemote() throws {
  var bench = try PortBench(faults: fault("lost_remote", "load"))
  try bench.bit("load", 0x0500, 0xFF00)
  try bench.run(until: 10_000)
  #expect(try bench.ask("load", [1, 5, 0, 0, 1]) == [1, 1, 0x48])
  try bench.bit("load", 0x0500, 0xFF00)
  #expect(try bench.ask("load", [1, 5, 0, 0, 1]) == [1, 1, 0x48])
}

@Test(
  "stays on: current flows on although it was switched off, whatever the register says",
  arguments: ["off", "on"])
func staysOn(says: String) throws {
  var bench = try PortBench(faults: fault("stays_on", "psu", "says = \"\(says)\""))
  try bench.rearm(600)
  try bench.supply(1, ceiling: 5)
  try bench.run(until: 10_000)
  try bench.write("psu", 18, 0)
  #expect(try bench.words("psu", 3, 18, 1) == [says == "on" ? 1 : 0])
  #expect(abs(try bench.meter().current - 1) < 1e-6)
  try bench.run(until: 20_000)
  if says == "on" { try bench.write("psu", 18, 0) }
  #expect(try bench.meter().current == 0)
}

@Test("an output that was off stays off until it is switched on")
func staysOffUntilOn() throws {
  var bench = try PortBench(faults: fault("stays_on", "load"))
  try bench.rearm(600)
  try bench.run(until: 10_000)
  #expect(try bench.meter().current == 0)
  try bench.load(2)
  try bench.write("load", 0x0A00, words: [43])
  #expect(try bench.ask("load", [1, 5, 0x10, 0, 1]) == [1, 1, 0x48])
  #expect(abs(try bench.meter().current + 2) < 1e-6)
}

@Test("load stuck on: it takes its current switched off and set to nothing")
func loadStuckOn() throws {
  var bench = try PortBench(faults: fault("load_stuck_on", "load", "current = \"1.5 A\""))
  try bench.rearm(600)
  try bench.run(until: 10_000)
  #expect(abs(try bench.meter().current + 1.5) < 1e-6)
  #expect(try bench.ask("load", [1, 5, 0x10, 0, 1]) == [1, 1, 0x48])
  // What it reads is what flows.
  #expect(RegisterWords.float(try bench.words("load", 3, 0x0B02, 2)[0], 0) > 1.4)
  try bench.run(until: 20_000)
  #expect(try bench.meter().current == 0)
}

@Test("reset: off and silent, then back with nothing of what was set")
func reset() throws {
  var bench = try PortBench(faults: fault("reset", "psu"))
  try bench.rearm(600)
  try bench.write("psu", 82, 450)
  try bench.supply(1, ceiling: 5)
  try bench.run(until: 10_000)
  #expect(try bench.meter().current == 0)
  #expect(try bench.ask("psu", [3, 0, 0, 0, 1]) == nil)
  try bench.run(until: 20_000)
  #expect(try bench.words("psu", 3, 8, 2) == [0, 0])
  #expect(try bench.words("psu", 3, 18, 1) == [0])
  #expect(try bench.words("psu", 3, 82, 1) == [6200])
}

@Test("tripped: off with its flag, and again whenever it is switched on")
func tripped() throws {
  var bench = try PortBench(faults: fault("tripped", "psu", "protection = \"over-current\""))
  try bench.rearm(600)
  try bench.supply(1, ceiling: 5)
  try bench.run(until: 10_000)
  #expect(try bench.words("psu", 3, 16, 3) == [2, 0, 0])
  try bench.write("psu", 18, 1)
  try bench.run(until: 11_000)
  #expect(try bench.words("psu", 3, 16, 3) == [2, 0, 0])
  try bench.run(until: 20_000)
  try bench.write("psu", 18, 1)
  try bench.run(until: 21_000)
  #expect(try bench.words("psu", 3, 18, 1) == [1])
}

@Test("lost remote: an order that is thrown away leaves no trace in the truth")
func rehearsalsLeaveNoTrace() throws {
  let path = NSTemporaryDirectory() + "rehearsal-\(UUID().uuidString).csv"
  defer {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + ".json")
  }
  var bench = try Fixture.bench(faults: fault("lost_remote", "psu"), truth: path)
  try bench.rearm(600)
  try bench.supply(1, ceiling: 5)
  try bench.run(until: 10_000)
  try bench.write("psu", 18, 0)
  try bench.run(until: 11_000)
  bench.bench.physics.flushTruth()
  let rows = try truthRows(path).filter { $0["pace_second"] ?? 0 >= 10 }
  #expect(rows.count > 1)
  #expect(rows.allSatisfy { $0["current_ampere"] == 1 && $0["supply_on"] == 1 })
}
