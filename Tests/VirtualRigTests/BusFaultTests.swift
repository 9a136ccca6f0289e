import Foundation
import Quantities
import Testing
import VirtualRig

private let readModel = ModbusCRC.framed([1, 3, 0, 0, 0, 1])
private let model = ModbusCRC.framed([1, 3, 2, 0xEA, 0x9E])
private let write2A = ModbusCRC.framed([1, 6, 0, 9, 7, 0xD0])

private func fault(_ kind: String, _ more: String = "") -> String {
  "[[fault]]\nkind = \"\(kind)\"\ndevice = \"psu\"\nfrom = \"10 s\"\nto = \"20 s\"\n\(more)\n"
}

/// Whether the supply answers a read of its model as it should.
private func isSound(_ bench: PortBench) throws -> Bool {
  try bench.frame("psu", readModel, expecting: model.count) == model
}

@Test(
  "a reply is damaged from the fault's first instant to its last, and at no other time",
  arguments: [
    ("silence", []), ("bad_crc", [1, 3, 2, 0xEA, 0x9E, model[5], model[6] ^ 0x55]),
    ("truncated", [1, 3, 2]), ("merged", model + model),
    ("wrong_unit", ModbusCRC.framed([2, 3, 2, 0xEA, 0x9E])),
    ("exception", ModbusCRC.framed([1, 0x83, 4])),
  ] as [(String, [UInt8])])
func damagedReplies(kind: String, reply: [UInt8]) throws {
  var bench = try PortBench(faults: fault(kind))
  #expect(try isSound(bench))
  try bench.run(until: 9999)
  #expect(try isSound(bench))
  try bench.run(until: 10_000)
  #expect(try bench.frame("psu", readModel, expecting: reply.count) == reply)
  // The load is on a port of its own.
  #expect(try bench.ask("load", [3, 0x0B, 6, 0, 1]) == [3, 2, 0, 28])
  try bench.run(until: 19_999)
  #expect(try bench.frame("psu", readModel, expecting: reply.count) == reply)
  try bench.run(until: 20_000)
  #expect(try isSound(bench))
}

@Test("garbage: as many bytes, others each time, the same for the same seed")
func garbage() throws {
  func sample() throws -> [[UInt8]] {
    var bench = try PortBench(faults: fault("garbage"))
    return try [UInt32(10_000), 11_000].map { time in
      try bench.run(until: time)
      return try bench.frame("psu", readModel, expecting: model.count)
    }
  }
  let first = try sample()
  #expect(first.allSatisfy { $0.count == model.count && $0 != model })
  #expect(first[0] != first[1])
  #expect(try sample() == first)
}

@Test("late: nothing before its time, the whole reply after it")
func lateReply() throws {
  var bench = try PortBench(faults: fault("late", "by = \"1500 ms\""))
  try bench.run(until: 10_000)
  let client = try bench.client("psu")
  client.send(readModel)
  #expect(client.receive(1, timeout: 200).isEmpty)
  #expect(client.receive(7) == model)
}

@Test(
  "silence: a deaf device does nothing, one whose replies are lost obeys", arguments: [false, true])
func silenceObeys(obeys: Bool) throws {
  var bench = try PortBench(faults: fault("silence", "obeys = \(obeys)"))
  try bench.run(until: 10_000)
  #expect(try bench.frame("psu", write2A, expecting: 0).isEmpty)
  try bench.run(until: 20_000)
  #expect(try bench.words("psu", 3, 9, 1) == [obeys ? 2000 : 0])
}

@Test("on = write: reads are answered, a write with an exception and nothing done")
func writesOnly() throws {
  var bench = try PortBench(faults: fault("exception", "code = 6\non = \"write\""))
  try bench.run(until: 10_000)
  #expect(try isSound(bench))
  #expect(try bench.frame("psu", write2A, expecting: 5) == ModbusCRC.framed([1, 0x86, 6]))
  #expect(try bench.words("psu", 3, 9, 1) == [0])
}

@Test("a port's fault leaves the device's other port alone")
func onePort() throws {
  var bench = try PortBench(
    faults: "[[fault]]\nkind = \"silence\"\nport = \"psu-tcp\"\n")
  #expect(try isSound(bench))
  let port = try #require(UInt16(bench.path("psu-tcp").split(separator: ":").last ?? ""))
  let client = try PortClient(port: port)
  client.send([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1])
  #expect(client.receive(1, timeout: PortBench.silence).isEmpty)
  try bench.run(until: 1000)
}

@Test("text and the KP184's frames are damaged alike")
func otherFramings() throws {
  var bench = try PortBench(
    .kunkin,
    faults: """
      [[fault]]
      kind = "truncated"
      device = "dmm"
      from = "10 s"
      [[fault]]
      kind = "bad_crc"
      device = "load"
      from = "10 s"
      """)
  let read: [UInt8] = [1, 3, 0, 1, 0, 4, 0xC9, 0x15]
  let sound = try bench.frame("load", read, expecting: 9)
  #expect(sound.count == 9)
  try bench.say("SYST:REM")
  try bench.run(until: 10_000)
  #expect(try bench.frame("load", read, expecting: 9) == sound.dropLast() + [sound[8] ^ 0x55])
  let reply = try bench.frame("dmm", Array("READ?\n".utf8), expecting: 6)
  #expect(reply.count == 6 && reply.last != 10)
}

@Test("several faults at once: the reply is late and wrong")
func together() throws {
  var bench = try PortBench(faults: fault("late", "by = \"1500 ms\"") + fault("bad_crc"))
  try bench.run(until: 10_000)
  let client = try bench.client("psu")
  client.send(readModel)
  #expect(client.receive(1, timeout: 150).isEmpty)
  #expect(client.receive(7) == model.dropLast() + [model[6] ^ 0x55])
}
