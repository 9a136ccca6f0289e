internal import Profiles

/// The devices that a rig can stand in for, by the names of their profiles.
enum DeviceKind: String, Sendable, Hashable, CaseIterable {
  /// Bench supply.
  case riden = "riden-rd6006"
  /// Electronic load.
  case maynuo = "maynuo-m97"
  /// Electronic load with frames of its own.
  case kunkin = "kunkin-kp184"
  /// Bidirectional supply.
  case psb = "ea-psb10000"
  /// Thermometer module.
  case thermometer = "comwintop-mb8art"
  /// Voltage and shunt current.
  case meter = "generic-modbus-float-meter"
  /// Voltage at the cell's tabs.
  case multimeter = "agilent-34401a"
  /// Timed relay as dead-man contactor.
  case relay = "waveshare-relay"
  /// The same board, two of its relays side by side.
  case relayPair = "waveshare-relay-pair"
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
  var unit: UInt8 {
    switch self {
    case .meter: 3
    case .psb: 0
    default: 1
    }
  }

  /// How its bytes are framed on a serial port.
  var framing: SerialFraming {
    switch self {
    case .kunkin: .kunkin
    case .multimeter: .text
    default: .modbus
    }
  }

  /// The power stage behind it.
  var stage: PowerStage? {
    switch self {
    case .riden: .supply
    case .maynuo, .kunkin: .load
    case .psb: .bidirectional
    default: nil
    }
  }

  /// What it measures, in the words of its profile.
  var readings: [String: SensorAmount.Unit] {
    switch self {
    case .riden, .maynuo, .kunkin, .psb: ["voltage": .volt, "current": .ampere]
    case .thermometer: ["t1": .kelvin, "t2": .kelvin, "t3": .kelvin]
    case .meter: ["cell_voltage": .volt, "shunt_current": .ampere]
    case .multimeter: ["voltage": .volt]
    case .chamber: ["actual": .kelvin]
    case .relay, .relayPair, .pace: [:]
    }
  }

  /// The reading that looks at the cell's own tabs through a lead that may come off.
  var sensedReading: String? {
    switch self {
    case .meter: "cell_voltage"
    case .multimeter: "voltage"
    default: nil
    }
  }

  /// The device at its place on the bench.
  func device(
    _ name: String, seed: UInt64, isStepped: Bool, errors: [String: SensorErrors],
    options: PlantDevice
  ) -> any EmulatedDevice {
    switch self {
    case .riden: RidenRD6006(name, seed: seed, errors: errors)
    case .maynuo: MaynuoM97(name, seed: seed, errors: errors)
    case .kunkin:
      KunkinKP184(
        name, seed: seed, errors: errors, acknowledgement: options.acknowledgement ?? .nine)
    case .psb: EaPSB10000(name, seed: seed, errors: errors)
    case .thermometer: ComwintopMB8ART(name, seed: seed, errors: errors)
    case .meter: FloatMeter(name, seed: seed, errors: errors)
    case .multimeter: Agilent34401A(name, seed: seed, errors: errors)
    case .relay, .relayPair: WaveshareRelay()
    case .pace: RigPace(isStepped: isStepped)
    case .chamber: ModbusChamber(name, seed: seed, errors: errors)
    }
  }
}

/// How a device's bytes are framed on a serial port.
enum SerialFraming { case modbus, kunkin, text }
