internal import Profiles

/// What the faults of a bus make of a reply's bytes, the same for the same seed and pace time.
struct BusDamage: Sendable {
  private let noise: NoiseStream

  /// For one port.
  init(seed: UInt64, port: String) { noise = NoiseStream(seed: seed, name: "garbage \(port)") }

  /// The bytes that go out in one write. Pace time in microseconds.
  func bytes(_ frame: [UInt8], _ faults: [BusFault], at pace: Int64) -> [UInt8] {
    var bytes = frame
    for fault in faults where !bytes.isEmpty {
      switch fault {
      case .garbage:
        for index in bytes.indices {
          let deviate = noise.normal(at: pace &* 256 &+ Int64(index))
          bytes[index] = UInt8(truncatingIfNeeded: Int64(deviate * 1e6))
        }
      case .badCRC: bytes[bytes.count - 1] ^= 0x55
      case .truncated: bytes = Array(bytes[..<(bytes.count / 2)])
      case .merged: bytes += bytes
      case .silence, .late, .wrongUnit, .exception: break
      }
    }
    return bytes
  }
}
