import Foundation
import Profiles
import Quantities
import Testing
import VirtualRig

/// A bench spoken to through its ports, byte by byte.
final class PortBench: SpokenBench {
  let rig: Rig
  private var clients: [String: PortClient] = [:]
  private let units: [String: UInt8] = ["meter": 3, "psb": 0]
  /// How long nothing must come for there to be no reply, ms.
  static let silence: Int32 = 150
  /// How long a reply that must come is waited for, ms.
  static let patience: Int32 = 5000

  init(
    _ bench: Fixture.Bench = .demo, plant: PlantFile? = nil, faults: String? = nil,
    truth: String? = nil, links: String? = nil
  ) throws {
    let tcp = bench == .bidirectional ? "[]" : "[\"psu\"]"
    rig = try Rig(
      Fixture.configuration(
        plant ?? Fixture.plantFile(tcp: tcp), bench: bench, faults: faults, truth: truth,
        links: links))
  }

  deinit { rig.stop() }

  func path(_ port: String) throws -> String {
    try #require(rig.ports.first { $0.name == port }?.path)
  }

  func client(_ port: String) throws -> PortClient {
    if let client = clients[port] { return client }
    let client = try PortClient(path: path(port))
    clients[port] = client
    return client
  }

  /// Closes the port; the next use opens it anew.
  func close(_ port: String) { clients[port] = nil }

  /// What comes back for a whole frame when `count` bytes must; 0: nothing may.
  func frame(_ port: String, _ request: [UInt8], expecting count: Int) throws -> [UInt8] {
    let client = try client(port)
    client.send(request)
    let bytes = client.receive(count, timeout: Self.patience)
    // And no more than that.
    return bytes + client.receive(1, timeout: count == 0 ? Self.silence : 20)
  }

  func ask(_ device: String, _ unit: [UInt8]) throws -> [UInt8]? {
    let request = ModbusCRC.framed([units[device] ?? 1] + unit)
    let client = try client(device)
    client.send(request)
    let timeout: Int32 = device == "pace" ? 20_000 : 2000
    let head = client.receive(3, timeout: timeout)
    guard head.count == 3 else { return nil }
    let rest =
      head[1] >= 0x80 ? 2 : [1, 2, 3, 4, 23].contains(head[1]) ? Int(head[2]) + 2 : 5
    let frame = head + client.receive(rest, timeout: timeout)
    #expect(ModbusCRC.framed(Array(frame.dropLast(2))) == frame, "\(device): \(frame)")
    return Array(frame.dropFirst().dropLast(2))
  }

  /// A line to the multimeter that has no answer.
  func say(_ text: String) throws {
    #expect(try frame("dmm", Array((text + "\n").utf8), expecting: 0).isEmpty, "\(text)")
  }

  /// A line to the multimeter, and its answer without the line feed.
  func query(_ text: String) throws -> String {
    let client = try client("dmm")
    client.send(Array((text + "\n").utf8))
    var bytes: [UInt8] = []
    while bytes.last != UInt8(ascii: "\n") {
      let next = client.receive(1, timeout: Self.patience)
      try #require(!next.isEmpty, "\(text): \(bytes)")
      bytes += next
    }
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }
}
