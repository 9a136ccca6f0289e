import Foundation
import Quantities
import Testing
import VirtualRig

private let readModel = ModbusCRC.framed([1, 3, 0, 0, 0, 1])
private let model = ModbusCRC.framed([1, 3, 2, 0xEA, 0x9E])

private func portGone(_ more: String = "") -> String {
  "[[fault]]\nkind = \"port_gone\"\ndevice = \"psu\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

@Test(
  "a port that vanishes hangs up; its link comes back under its name, or under another",
  arguments: ["same", "new"])
func portReturns(back: String) throws {
  let folder = NSTemporaryDirectory() + "links-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  var bench = try PortBench(faults: portGone("back = \"\(back)\""), links: folder)
  let path = try bench.path("psu")
  #expect(path == folder + "/psu")
  #expect(try bench.frame("psu", readModel, expecting: model.count) == model)
  let client = try bench.client("psu")
  try bench.run(until: 10_000)
  #expect(client.hangsUp())
  #expect(eventually { !FileManager.default.fileExists(atPath: path) })
  bench.close("psu")
  try bench.run(until: 20_000)
  let there = path + (back == "new" ? "-2" : "")
  #expect(eventually { FileManager.default.fileExists(atPath: there) })
  #expect(FileManager.default.fileExists(atPath: path) == (back == "same"))
  let again = try PortClient(path: there)
  again.send(readModel)
  #expect(again.receive(7) == model)
  bench.rig.stop()
}

@Test("links are taken away at the end, and never put in place of a file")
func linksAreTidy() throws {
  let folder = NSTemporaryDirectory() + "links-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  func rig() throws -> Rig {
    try Rig(Fixture.configuration(Fixture.plantFile(), links: folder))
  }
  do {
    let rig = try rig()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 7)
    rig.stop()
  }
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  try "mine".write(toFile: folder + "/load", atomically: true, encoding: .utf8)
  let error = #expect(throws: RigError.self) { try rig() }
  #expect(error?.kind == .place && error?.description.contains("/load") == true)
  #expect(try String(contentsOfFile: folder + "/load", encoding: .utf8) == "mine")
}

// Under its own number where that is still free, which other tests may have taken: the links' test says that.
@Test("a terminal that nobody holds open vanishes, comes back and serves")
func terminalReturns() throws {
  var bench = try PortBench(faults: portGone())
  try bench.run(until: 10_000)
  #expect(eventually { (try? bench.path("psu"))?.isEmpty == true })
  try bench.run(until: 20_000)
  #expect(eventually { (try? bench.path("psu"))?.isEmpty == false })
  #expect(try bench.frame("psu", readModel, expecting: model.count) == model)
}

/// Whether it comes to hold: looked at every 10 ms, 5 s at most.
private func eventually(_ holds: () -> Bool) -> Bool {
  for _ in 0..<500 {
    if holds() { return true }
    usleep(10_000)
  }
  return holds()
}
