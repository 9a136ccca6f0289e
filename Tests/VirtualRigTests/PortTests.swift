import Foundation
import Quantities
import Testing
import VirtualRig

private let readModel: [UInt8] = [1, 3, 0, 0, 0, 1]
private let model = ModbusCRC.framed([1, 3, 2, 0xEA, 0x9E])

private func rig(_ trap: SignalTrap? = nil) throws -> (rig: Rig, paths: [String: String]) {
  let rig = try Rig(try Fixture.configuration(try Fixture.plantFile(), trap: trap))
  return (rig, Dictionary(uniqueKeysWithValues: rig.ports.map { ($0.name, $0.path) }))
}

@Test("every instrument has a pty, the supply a socket too, and both see one device")
func ports() throws {
  let (rig, paths) = try rig()
  defer { rig.stop() }
  #expect(
    rig.ports.map(\.name)
      == ["psu", "psu-tcp", "load", "thermo", "meter", "contactor", "pace", "chamber"])
  let object = try JSONSerialization.jsonObject(with: Data(rig.announcement.utf8))
  #expect((object as? [String: [String: String]])?["ports"] == paths)
  let serial = try PortClient(path: try #require(paths["psu"]))
  #expect(serial.ask(readModel, reply: 7) == model)
  #expect(serial.ask([1, 6, 0, 9, 5, 0xDC], reply: 8).prefix(6) == [1, 6, 0, 9, 5, 0xDC])
  let port = try #require(paths["psu-tcp"]?.split(separator: ":").last.flatMap { UInt16($0) })
  let network = try PortClient(port: port)
  network.send([0x12, 0x34, 0, 0, 0, 6, 1, 3, 0, 9, 0, 1])
  #expect(network.receive(11) == [0x12, 0x34, 0, 0, 0, 5, 1, 3, 2, 5, 0xDC])
}

@Test(
  "after a truncated or damaged frame the next one is understood",
  arguments: [[1], [1, 3, 0], [1, 3, 0, 0, 0, 1, 0xFF, 0xFF], [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]])
func truncatedFrames(noise: [UInt8]) throws {
  let (rig, paths) = try rig()
  defer { rig.stop() }
  let client = try PortClient(path: try #require(paths["psu"]))
  client.send(noise)
  // Silence for longer than the server waits between bytes is what ends a frame.
  #expect(client.receive(1, timeout: 200).isEmpty)
  #expect(client.ask(readModel, reply: 7) == model)
}

@Test("another unit's request is not answered, a broadcast is obeyed and not answered")
func otherUnits() throws {
  let (rig, paths) = try rig()
  defer { rig.stop() }
  let client = try PortClient(path: try #require(paths["psu"]))
  client.send(ModbusCRC.framed([2, 3, 0, 0, 0, 1]))
  #expect(client.receive(1, timeout: 100).isEmpty)
  client.send(ModbusCRC.framed([0, 6, 0, 9, 0, 100]))
  #expect(client.receive(1, timeout: 100).isEmpty)
  #expect(client.ask([1, 3, 0, 9, 0, 1], reply: 7) == ModbusCRC.framed([1, 3, 2, 0, 100]))
}

@Test("a client that comes back finds its device as it left it")
func reopened() throws {
  let (rig, paths) = try rig()
  defer { rig.stop() }
  let path = try #require(paths["psu"])
  do {
    let first = try PortClient(path: path)
    _ = first.ask([1, 6, 0, 8, 1, 0xA4], reply: 8)
    // Half a request, and away.
    first.send([1, 3, 0])
  }
  let second = try PortClient(path: path)
  #expect(second.receive(1, timeout: 200).isEmpty)
  #expect(second.ask([1, 3, 0, 8, 0, 1], reply: 7) == ModbusCRC.framed([1, 3, 2, 1, 0xA4]))
}

@Test("the trap springs once, at the counted request of its kind, from its pace time on")
func trapCounts() throws {
  let trap = try SignalTrap("psu:write:2:half:10", signal: 0, targets: .processes([]))
  #expect(trap.spring(port: "psu", function: 6, pace: 9) == nil)
  #expect(trap.spring(port: "psu", function: 6, pace: 10) == nil)
  #expect(trap.spring(port: "psu", function: 3, pace: 10) == nil)
  #expect(trap.spring(port: "load", function: 16, pace: 10) == nil)
  #expect(trap.spring(port: "psu", function: 6, pace: 11) == .half)
  #expect(trap.spring(port: "psu", function: 6, pace: 12) == nil)
  for bad in ["psu", "psu:wrote:1:half", "psu:write:0:half", "psu:write:1:late", "a:any:1:half:x"] {
    #expect(throws: RigError.self) { try SignalTrap(bad, signal: 9, targets: .processes([])) }
  }
}

@Test("SAF-001 the trap kills a client inside a frame: half the reply is out, the rest follows")
func trapFires() throws {
  let victim = Process()
  victim.executableURL = URL(filePath: "/bin/cat")
  victim.standardInput = Pipe()
  try victim.run()
  let trap = try SignalTrap(
    "psu:read:1:half", signal: SIGKILL, targets: .processes([victim.processIdentifier]))
  let (rig, paths) = try rig(trap)
  defer { rig.stop() }
  let client = try PortClient(path: try #require(paths["psu"]))
  #expect(client.ask(readModel, reply: 7) == model)
  victim.waitUntilExit()
  #expect(victim.terminationReason == .uncaughtSignal)
  #expect(victim.terminationStatus == SIGKILL)
}

@Test("SAF-001 the trap takes a port away inside a frame: the rest of the reply never comes")
func trapUnplugs() throws {
  let trap = try SignalTrap("psu:read:2:half", signal: 0, targets: .nobody, unplugs: "psu")
  let (rig, paths) = try rig(trap)
  defer { rig.stop() }
  let client = try PortClient(path: try #require(paths["psu"]))
  #expect(client.ask(readModel, reply: 7) == model)
  let bytes = client.ask(readModel, reply: 7)
  // What a hang-up does to bytes that nobody has fetched yet is the system's affair.
  #expect(bytes.count <= 3 && bytes == Array(model.prefix(bytes.count)))
  #expect(client.hangsUp())
}

@Test("SAF-001 the trap takes a port away at the word, and no other port with it")
func trapUnplugsAtTheWord() throws {
  let trap = try SignalTrap(nil, signal: 0, targets: .nobody, unplugs: "load")
  let (rig, paths) = try rig(trap)
  defer { rig.stop() }
  let load = try PortClient(path: try #require(paths["load"]))
  let psu = try PortClient(path: try #require(paths["psu"]))
  #expect(psu.ask(readModel, reply: 7) == model)
  trap.springNow()
  #expect(load.hangsUp())
  #expect(psu.ask(readModel, reply: 7) == model)
  let wrong = try SignalTrap(nil, signal: 0, targets: .nobody, unplugs: "lode")
  let error = #expect(throws: RigError.self) {
    try Fixture.configuration(try Fixture.plantFile(), trap: wrong)
  }
  #expect(error?.description.contains("--unplug lode: not on this rig; allowed are psu") == true)
}
