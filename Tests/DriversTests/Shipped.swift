import Drivers
import Foundation
import Instruments
import Profiles
import Quantities
import Testing
import Transports

/// The shipped profiles and devices that behave as they say.
enum Shipped {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let names = [
    "riden-rd6006", "maynuo-m97", "comwintop-mb8art", "generic-modbus-float-meter",
    "waveshare-relay", "rig-pace", "generic-modbus-chamber", "ea-psb10000", "kunkin-kp184",
    "agilent-34401a", "hanmatek-hm310p", "waveshare-relay-pair",
  ]

  /// Those that `VirtualDevice` cannot play; each has a device of its own here.
  static let ownDevices: Set = ["ea-psb10000", "kunkin-kp184", "agilent-34401a"]

  static func text(_ name: String) throws -> String {
    try String(
      contentsOf: root.appending(path: "profiles/instruments/\(name).toml"), encoding: .utf8)
  }

  static func profile(_ name: String) throws -> InstrumentProfile {
    try InstrumentProfile(text: text(name), file: "\(name).toml")
  }

  /// The profile with its reply timeout cut to `milliseconds`, for devices that stay silent.
  static func profile(_ name: String, timeout milliseconds: Double) throws -> InstrumentProfile {
    var profile = try profile(name)
    profile.timing.replyTimeout = Seconds(milliseconds / 1000)
    return profile
  }

  static let limits = ArmedLimits(voltage: Volts(4.4), current: Amperes(6.2), power: Watts(40))

  static func instrument(
    _ name: String, _ profile: InstrumentProfile, _ device: VirtualDevice,
    limits: ArmedLimits = limits
  ) throws -> ProfiledInstrument {
    try ProfiledInstrument(
      name: name, profile: profile, descriptor: device.client, framing: .rtu, pacing: .stepped,
      limits: limits)
  }

  static func supply(model: UInt16 = 60062) throws -> VirtualDevice {
    try VirtualDevice(prepare: { $0.holding[0] = model })
  }

  static func load() throws -> VirtualDevice {
    try VirtualDevice(prepare: { $0.holding[0x0B06] = 28 }, behaviour: obeyModeCommand)
  }

  /// What a Maynuo does on its command register.
  static let obeyModeCommand:
    @Sendable (VirtualDevice.Request, VirtualDevice.Memory) ->
      VirtualDevice.Answer = { request, memory in
        // Obeys only under remote control; until then it does not even answer.
        guard memory.coils[0x0500] == 1 || request.function != 16 else { return .silence }
        if request.function == 16, request.address == 0x0A00 {
          switch request.word(7) {
          case 42: memory.coils[0x0510] = 1
          case 43: memory.coils[0x0510] = 0
          case let mode: memory.holding[0x0B04] = 0xAA00 | UInt16(mode)
          }
        }
        return .normal
      }

  static func relay() throws -> VirtualDevice {
    try VirtualDevice(behaviour: { request, memory in
      guard request.function == 5, [0x0200, 0x0201].contains(request.address) else {
        return .normal
      }
      memory.coils[request.address - 0x0200] = 1
      return .echo
    })
  }

  /// One acquisition by name.
  static func readings(_ instrument: ProfiledInstrument) -> [String: Reading<Double>] {
    var readings = [Reading<Double>](
      repeating: .init(.nan, at: .zero, quality: .missing), count: instrument.valueNames.count)
    instrument.acquire(at: Seconds(7), into: &readings)
    return Dictionary(uniqueKeysWithValues: zip(instrument.valueNames, readings))
  }
}
