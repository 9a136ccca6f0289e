import Foundation
import Testing
import VirtualRig

/// A truth file, row by row.
func truthRows(_ path: String) throws -> [[String: Double]] {
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
  let names = lines[0].split(separator: ",").map(String.init)
  return try lines.dropFirst().map { line in
    let numbers = line.split(separator: ",").map { Double($0) }
    try #require(numbers.count == names.count)
    return Dictionary(uniqueKeysWithValues: zip(names, numbers.map { $0 ?? .nan }))
  }
}

@Test("the truth has a row a tick, one at each end of current and each move of the contactor")
func rowsOfTruth() throws {
  let path = NSTemporaryDirectory() + "truth-\(UUID().uuidString).csv"
  defer {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + ".json")
  }
  var bench = try Fixture.bench(
    try Fixture.plantFile("[contactor]\nrelease_time = \"10 ms\""), truth: path)
  try bench.rearm(25)
  try bench.supply(1, ceiling: 4.3)
  for second in UInt32(1)...4 { try bench.run(until: second * 1000) }
  bench.bench.physics.flushTruth()
  let rows = try truthRows(path)
  #expect(rows.map { $0["pace_second"] } == [0, 0, 1, 2, 2.51, 3, 4])
  #expect(rows.map { $0["contactor_closed"] } == [0, 1, 1, 1, 0, 0, 0])
  #expect(rows.map { $0["current_ampere"] } == [0, 0, 1, 1, 0, 0, 0])
  #expect(rows.map { $0["supply_on"] } == [0, 0, 1, 1, 1, 1, 1])
  #expect(rows.map { $0["record_index"] } == (1...7).map(Double.init))
  // Numbers read back to the last bit.
  #expect(rows.last?["voltage_volt"] == bench.bench.physics.outputs.voltage)
  let sidecar = try JSONSerialization.jsonObject(
    with: Data(contentsOf: URL(filePath: path + ".json")))
  #expect((sidecar as? [String: Any])?["model"] as? String == "spme")
}

@Test("a charge adds to the true state of charge what flowed", arguments: ["spme", "dfn"])
func chargeBalance(model: String) throws {
  var bench = try Fixture.bench(try Fixture.plantFile(model: model))
  let before = bench.bench.physics.outputs.stateOfCharge
  try bench.rearm(0xFFFF)
  try bench.supply(2, ceiling: 4.4)
  try bench.run(until: 900_000)
  let change = bench.bench.physics.outputs.stateOfCharge - before
  // 0.5 Ah on some 5 Ah.
  #expect(change > 0.09 && change < 0.11)
  // The supply's counter cuts off below 1 mAh.
  #expect([499, 500].contains(try bench.words("psu", 3, 38, 2)[1]))
}

@Test("places that cannot be written to are refused with the place")
func unwritableTruth() throws {
  #expect {
    _ = try Fixture.bench(truth: "/nonexistent/truth.csv")
  } throws: {
    "\($0)".contains("/nonexistent/truth.csv")
  }
}
