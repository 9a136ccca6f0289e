import Foundation
import Testing
import VirtualRig

/// The oracle is `fixtures/rig/make_frames.py`: pymodbus' frames and checksums, and for the KP184 the
/// manual's and a capture's own bytes among them.
@Test(
  "whole frames on a pty: what the PSB and the KP184 answer, byte by byte",
  arguments: ["psb", "kunkin", "kunkin-8", "kunkin-13"])
func framesOnPorts(device: String) throws {
  let isBidirectional = device == "psb"
  let acknowledgement = device.split(separator: "-").dropFirst().first
  let options = acknowledgement.map {
    "[device.load]\nchecksum = \"low-first\"\nacknowledgement = \($0)\n"
  }
  let bench = try PortBench(
    isBidirectional ? .bidirectional : .kunkin,
    plant: Fixture.plantFile(options ?? "", tcp: isBidirectional ? "[]" : "[\"psu\"]"))
  let lines = try fixtureFrames().first { $0.0 == device }?.1 ?? []
  #expect(lines.count > 1)
  for line in lines {
    let reply = try bench.frame(
      isBidirectional ? "psb" : "load", line.request, expecting: line.reply?.count ?? 0)
    #expect(reply == line.reply ?? [], "\(line.what)")
  }
}

@Test(
  "KP184: the manual's and the capture's frames are among the fixture's",
  arguments: [
    ("0106010e00010400000001ca5f", "0106010e000104dd34"),
    ("01060116000104000007d00c9d", ""), ("01060112000104000013880592", "010601120001044d33"),
    ("0103030000008e45", "01031e02000000000000000001f407d007d00000001cab"),
  ])
func quotedFrames(request: String, reply: String) throws {
  let text = try String(contentsOfFile: Fixture.root + "/fixtures/rig/frames.txt", encoding: .utf8)
  #expect(text.contains("kunkin \(request) \(reply)"))
}

@Test("PSB: sources, sinks, and says which with bit 12; currents are magnitudes")
func bidirectionalFlow() throws {
  var bench = try PortBench(.bidirectional)
  func counts(_ value: Double) -> UInt16 { UInt16((value / 60 * 52428).rounded()) }
  try bench.rearm()
  try bench.bit("psb", 402, 0xFF00)
  try bench.write("psb", 501, counts(2))
  try bench.write("psb", 499, counts(3))
  try bench.write("psb", 500, counts(5))
  try bench.bit("psb", 405, 0xFF00)
  var words = try bench.words("psb", 3, 505, 5)
  // On, constant current, remote.
  #expect(words[1] == 1 << 7 | 2 << 9 | 1 << 11)
  #expect(words[3] == counts(2))
  #expect(abs(try bench.meter().current - 2) < 1e-3)
  // A voltage below the cell's: it takes what the sink's limit lets it.
  try bench.write("psb", 500, counts(2.5))
  words = try bench.words("psb", 3, 505, 5)
  #expect(words[1] == 1 << 7 | 2 << 9 | 1 << 11 | 1 << 12)
  #expect(words[3] == counts(3))
  #expect(abs(try bench.meter().current + 3) < 1e-3)
  // No sink: nothing flows back.
  try bench.write("psb", 499, 0)
  #expect(try bench.meter().current == 0)
  // A few watts bind: constant power.
  try bench.write("psb", 500, counts(5))
  try bench.write("psb", 502, UInt16((4.0 / 1500 * 52428).rounded()))
  words = try bench.words("psb", 3, 505, 5)
  #expect(words[1] >> 9 & 3 == 3)
  let meter = try bench.meter()
  #expect(abs((meter.voltage + 0.015 * meter.current) * meter.current - 4) < 0.1)
}

@Test(
  "PSB: where its limits let it, it holds its terminals; over-voltage latches with bits 15 and 16")
func bidirectionalVoltage() throws {
  var bench = try PortBench(.bidirectional)
  func counts(_ value: Double) -> UInt16 { UInt16((value / 60 * 52428).rounded()) }
  try bench.rearm()
  let rested = try bench.meter().voltage
  try bench.bit("psb", 402, 0xFF00)
  try bench.write("psb", 499, counts(30))
  try bench.write("psb", 501, counts(30))
  for step in [0.05, -0.05] {
    try bench.write("psb", 500, counts(rested + step))
    try bench.bit("psb", 405, 0xFF00)
    let words = try bench.words("psb", 3, 505, 5)
    #expect(words[1] >> 9 & 3 == 0)
    #expect(abs(Int(words[2]) - Int(counts(rested + step))) <= 1)
    #expect(try bench.meter().current * step > 0)
  }
  try bench.write("psb", 550, counts(3))
  try bench.run(until: 1000)
  let words = try bench.words("psb", 3, 505, 2)
  #expect(words == [1, 1 << 11 | 1 << 15])
  #expect(try bench.meter().current == 0)
  // It stays off until the alarm is acknowledged.
  try bench.bit("psb", 405, 0xFF00)
  #expect(try bench.words("psb", 3, 505, 2)[1] & 1 << 7 == 0)
}

@Test("KP184: takes what is set, and says volts and amperes of one instant in its status")
func kunkinFlow() throws {
  var bench = try PortBench(.kunkin)
  let lines = try #require(try fixtureFrames().first { $0.0 == "kunkin" }).1
  func send(_ what: String) throws {
    let line = try #require(lines.first { $0.what == what }, "\(what)")
    #expect(try bench.frame("load", line.request, expecting: line.reply?.count ?? 0) == line.reply)
  }
  try bench.rearm()
  for what in ["constant current", "2 A", "on"] { try send(what) }
  #expect(abs(try bench.meter().current + 2) < 1e-6)
  let status = try bench.frame("load", [1, 3, 3, 0, 0, 0, 0x8E, 0x45], expecting: 23)
  #expect(status.count == 23 && status[3] == 3)
  let millivolts = Int(status[5]) << 16 | Int(status[6]) << 8 | Int(status[7])
  let meter = try bench.meter()
  #expect(abs(Double(millivolts) / 1000 - (meter.voltage - 2 * 0.015)) < 6e-4)
  #expect(status[8...10] == [0, 0x07, 0xD0])
  try send("off")
  #expect(try bench.meter().current == 0)
}

@Test("KP184: where pace time runs by itself, requests closer than 200 ms are lost")
func kunkinGap() throws {
  var bench = try Fixture.bench(.kunkin)
  let read: [UInt8] = [1, 3, 0, 1, 0, 4]
  // A stepped clock stands within a scan: no gap is felt.
  for _ in 0..<3 { #expect(try bench.ask("load", read)?.count == 7) }
  bench.bench.physics.runsByItself = true
  bench.bench.physics.run(for: 200_000)
  #expect(try bench.ask("load", read) != nil)
  bench.bench.physics.run(for: 189_000)
  #expect(try bench.ask("load", read) == nil)
  bench.bench.physics.run(for: 1000)
  #expect(try bench.ask("load", read) != nil)
}

@Test(
  "KP184: after a truncated or damaged frame the next one is understood",
  arguments: [[1], [1, 3, 0], [1, 3, 0, 1, 0, 4, 0, 0], [1, 6, 1, 0x0E, 0, 1, 4], [9, 9, 9]]
    as [[UInt8]])
func kunkinNoise(noise: [UInt8]) throws {
  let bench = try PortBench(.kunkin)
  #expect(try bench.frame("load", noise, expecting: 0).isEmpty)
  #expect(try bench.frame("load", [1, 3, 0, 1, 0, 4, 0xC9, 0x15], expecting: 9).count == 9)
}

@Test("KP184 in battery mode takes its current down to the end voltage, then is off")
func kunkinBattery() throws {
  var bench = try Fixture.bench(.kunkin)
  func write(_ address: UInt16, _ value: UInt16) throws {
    let head = [1, 6] + TestBench.bytes([address]) + [0, 1, 4, 0, 0]
    let reply = try bench.ask("load", head + TestBench.bytes([value]))
    #expect(reply?.count == 7)
  }
  let rested = try bench.meter().voltage
  try bench.rearm(600)
  try write(0x0116, 10_000)
  try write(0x0146, UInt16((rested * 1000).rounded()) - 100)
  try write(0x0144, 1)
  try write(0x010E, 1)
  #expect(abs(try bench.meter().current + 10) < 1e-6)
  try bench.run(until: 10_000)
  #expect(try bench.meter().current == 0)
  #expect(try bench.ask("load", [1, 3, 1, 0x0E, 0, 4])?.suffix(4) == [0, 0, 0, 0])
}
