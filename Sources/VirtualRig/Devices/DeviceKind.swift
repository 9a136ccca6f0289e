/// The devices that a rig can stand in for, by the names of their profiles.
enum DeviceKind: String, Sendable, Hashable, CaseIterable {
  /// Bench supply.
  case riden = "riden-rd6006"
  /// Electronic load.
  case maynuo = "maynuo-m97"
  /// Thermometer module.
  case thermometer = "comwintop-mb8art"
  /// Voltage and shunt current.
  case meter = "generic-modbus-float-meter"
  /// Timed relay as dead-man contactor.
  case relay = "waveshare-relay"
  /// The clock of stepped runs.
  case pace = "rig-pace"
  /// Climate chamber.
  case chamber = "generic-modbus-chamber"

  /// The device of a profile given by name or by path.
  init?(profile: String) {
    let file = profile.split(separator: "/").last.map(String.init) ?? profile
    self.init(rawValue: file.hasSuffix(".toml") ? String(file.dropLast(5)) : file)
  }

  /// Its address as it comes from the factory, or as its definition says.
  var unit: UInt8 { self == .meter ? 3 : 1 }

  /// What it measures, in the words of its profile.
  var readings: [String] {
    switch self {
    case .riden, .maynuo: ["voltage", "current"]
    case .thermometer: ["t1", "t2", "t3"]
    case .meter: ["cell_voltage", "shunt_current"]
    case .chamber: ["actual"]
    case .relay, .pace: []
    }
  }

  /// The device at its place on the bench.
  func device(
    _ name: String, seed: UInt64, isStepped: Bool, errors: [String: SensorErrors]
  ) -> any EmulatedDevice {
    switch self {
    case .riden: RidenRD6006(name, seed: seed, errors: errors)
    case .maynuo: MaynuoM97(name, seed: seed, errors: errors)
    case .thermometer: ComwintopMB8ART(name, seed: seed, errors: errors)
    case .meter: FloatMeter(name, seed: seed, errors: errors)
    case .relay: WaveshareRelay()
    case .pace: RigPace(isStepped: isStepped)
    case .chamber: ModbusChamber(name, seed: seed, errors: errors)
    }
  }
}
