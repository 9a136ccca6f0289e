import Foundation
import Quantities
import Testing
import VirtualRig

/// The oracle is pymodbus: fixtures/rig/make_frames.py.
@Test(
  "every device answers pymodbus' requests with pymodbus' replies",
  arguments: try fixtureFrames().filter { deviceIsOnDemo($0.0) })
func frames(device: String, lines: [FrameLine]) throws {
  var bench = try Fixture.bench()
  for line in lines {
    let request = line.request
    #expect(ModbusCRC.framed(Array(request.dropLast(2))) == request, "\(line.what)")
    let reply = try bench.ask(device, Array(request[1...].dropLast(2)))
    let framed = reply.map { ModbusCRC.framed([request[0]] + $0) }
    #expect(framed == line.reply, "\(device): \(line.what)")
  }
}

struct FrameLine: Sendable, CustomTestStringConvertible {
  var request: [UInt8]
  var reply: [UInt8]?
  var what: String

  var testDescription: String { what }
}

/// The fixture, device by device.
func fixtureFrames() throws -> [(String, [FrameLine])] {
  let text = try String(contentsOfFile: Fixture.root + "/fixtures/rig/frames.txt", encoding: .utf8)
  var devices: [(String, [FrameLine])] = []
  for line in text.split(separator: "\n") where !line.hasPrefix("#") {
    let parts = line.split(separator: " ", maxSplits: 3)
    let frame = FrameLine(
      request: bytes(parts[1]), reply: parts[2] == "-" ? nil : bytes(parts[2]),
      what: String(parts[3]))
    if devices.last?.0 == String(parts[0]) {
      devices[devices.count - 1].1.append(frame)
    } else {
      devices.append((String(parts[0]), [frame]))
    }
  }
  return devices
}

/// The others need a bench of their own: `framesOnPorts`.
private func deviceIsOnDemo(_ device: String) -> Bool {
  device != "psb" && !device.hasPrefix("kunkin")
}

private func bytes(_ hex: Substring) -> [UInt8] {
  let digits = Array(hex)
  return stride(from: 0, to: digits.count, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}

@Test("damaged requests are refused, never fatal")
func damagedRequests() throws {
  var bench = try Fixture.bench()
  for device in bench.names {
    for function in UInt8(0)...UInt8(127) {
      for length in 0...12 {
        let reply = try bench.ask(device, [function] + [UInt8](repeating: 0xFF, count: length))
        guard let reply, length < 4 else { continue }
        #expect(reply.count == 2 && reply[0] == function | 0x80, "\(device) \(function) \(length)")
      }
    }
  }
}
