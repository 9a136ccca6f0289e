import Testing
import VirtualRig

/// A bench spoken to in words of the devices' maps.
protocol SpokenBench {
  /// The reply to a protocol data unit; nil: none.
  mutating func ask(_ device: String, _ unit: [UInt8]) throws -> [UInt8]?
}

/// A bench without ports.
struct TestBench: SpokenBench {
  var bench: VirtualBench
  let names: [String]

  mutating func ask(_ device: String, _ unit: [UInt8]) throws -> [UInt8]? {
    bench.answer(device: try #require(names.firstIndex(of: device)), unit)
  }
}

extension SpokenBench {
  static func bytes(_ words: [UInt16]) -> [UInt8] {
    words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  mutating func words(_ device: String, _ function: UInt8, _ address: UInt16, _ count: UInt16)
    throws -> [UInt16]
  {
    let reply = try #require(try ask(device, [function] + Self.bytes([address, count])))
    try #require(reply.count == 2 + 2 * Int(count))
    return (0..<Int(count)).map { UInt16(reply[2 + 2 * $0]) << 8 | UInt16(reply[3 + 2 * $0]) }
  }

  mutating func write(_ device: String, _ address: UInt16, _ value: UInt16) throws {
    let unit = [6] + Self.bytes([address, value])
    let reply = try ask(device, unit)
    #expect(reply == unit)
  }

  mutating func write(_ device: String, _ address: UInt16, words: [UInt16]) throws {
    let head = [16] + Self.bytes([address, UInt16(words.count)])
    let reply = try ask(device, head + [UInt8(2 * words.count)] + Self.bytes(words))
    #expect(reply == head)
  }

  mutating func bit(_ device: String, _ address: UInt16, _ value: UInt16) throws {
    let unit = [5] + Self.bytes([address, value])
    let reply = try ask(device, unit)
    #expect(reply == unit)
  }

  /// Runs the clock to a time, ms.
  mutating func run(until milliseconds: UInt32) throws {
    let words = RegisterWords.long(milliseconds)
    let reply = try ask("pace", [23] + Self.bytes([2, 2, 4, 2]) + [4] + Self.bytes(words))
    #expect(reply == [23, 4] + Self.bytes(words))
  }

  /// Closes the contactor for so long, in 0.1 s.
  mutating func rearm(_ time: UInt16 = 600) throws { try bit("contactor", 0x0200, time) }

  /// V and A.
  mutating func meter() throws -> (voltage: Double, current: Double) {
    let words = try words("meter", 4, 0, 4)
    return (RegisterWords.float(words[0], words[1]), RegisterWords.float(words[2], words[3]))
  }

  /// Supply: A, V, on.
  mutating func supply(_ current: Double, ceiling: Double, on: Bool = true) throws {
    try write("psu", 9, UInt16((current * 1000).rounded()))
    try write("psu", 8, UInt16((ceiling * 100).rounded()))
    try write("psu", 18, on ? 1 : 0)
  }

  /// Load in constant current, on.
  mutating func load(_ current: Double) throws {
    try bit("load", 0x0500, 0xFF00)
    try write("load", 0x0A01, words: RegisterWords.float(current))
    try write("load", 0x0A00, words: [1])
    try write("load", 0x0A00, words: [42])
  }
}
