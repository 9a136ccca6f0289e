internal import Profiles

/// Kunkin KP184 electronic load, 40 A, 150 V, 400 W: 32-bit registers in frames that look like Modbus
/// and are not. Requests and replies here are without checksum, which `KunkinLine` adds.
///
/// Sources: vendor's manual (cskilbeck/modbus), wire captures (afedorov3/KP184 io.ref), korjaa, tuxmike,
/// markmerz, AFract. A write's acknowledgement has 9 bytes as captured, or 8 or 13 (other firmware).
/// No source says how it refuses: here it is silent to what it does not know, takes the nearest value
/// that it can set, and leaves the mode alone while the input is on.
struct KunkinKP184: EmulatedDevice {
  /// AFract: requests closer than this are lost. Pace time, microseconds: felt only while pace time
  /// passes by itself, since a stepped clock stands between two requests of one scan, and whoever
  /// ticks it skips its gaps.
  static let gap: Int64 = 200_000
  /// Pace time that passes by itself comes in steps of this, so that a gap may look shorter by one.
  private static let grain = WallPace.interval / 1000
  let voltage: Sensor
  let current: Sensor
  private let acknowledgement: PlantDevice.Acknowledgement
  private var lastRequest = Int64.min / 2
  /// Settings without effect on this bench, by address.
  private var idle: [Int: UInt32] = [
    0x0100: 1, 0x0102: 0, 0x010A: 0, 0x012A: 0, 0x012C: 2000, 0x012E: 2000,
  ]

  init(
    _ name: String, seed: UInt64, errors: [String: SensorErrors],
    acknowledgement: PlantDevice.Acknowledgement
  ) {
    self.acknowledgement = acknowledgement
    voltage = Sensor("\(name).voltage", seed: seed, errors: errors["\(name).voltage"]) {
      $0.terminalVoltage
    }
    current = Sensor("\(name).current", seed: seed, errors: errors["\(name).current"]) {
      $0.loadCurrent
    }
  }

  func isWrite(_ request: [UInt8]) -> Bool { request.count > 1 && request[1] == 6 }
  func refusal(of request: [UInt8], code: UInt8) -> [UInt8]? { nil }

  /// `request`: unit, function, address, count, and for a write four bytes behind their number.
  mutating func answer(_ request: [UInt8], _ bench: inout BenchPhysics) -> [UInt8]? {
    guard !bench.runsByItself || bench.now - lastRequest >= Self.gap - Self.grain else {
      return nil
    }
    lastRequest = bench.now
    guard request.count >= 6 else { return nil }
    let address = Int(request[2]) << 8 | Int(request[3])
    switch (request[1], Array(request[4...])) {
    case (3, [0, 0]) where address == 0x0300: return request[..<2] + [0x1E] + status(bench)
    case (3, [0, 4]):
      guard let value = value(address, bench) else { return nil }
      return request[..<2] + [4] + Self.bytes(value)
    case (6, let tail) where tail.count == 7 && tail[..<3] == [0, 1, 4]:
      let value = tail[3...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard set(address, value, &bench) else { return nil }
      switch acknowledgement {
      case .nine: return Array(request[..<7])
      case .eight: return Array(request[..<4]) + Self.bytes(value)[2...]
      case .thirteen: return request
      }
    default: return nil
    }
  }

  static func bytes(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  func idle(_ address: Int) -> UInt32? { idle[address] }

  /// Stores a setting without effect; false when there is none.
  mutating func setIdle(_ address: Int, _ value: UInt32) -> Bool {
    guard idle[address] != nil else { return false }
    idle[address] = value
    return true
  }
}
