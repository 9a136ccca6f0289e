import Protocols
import Quantities

extension FaultEffect {
  init(_ table: TomlTable, _ kind: FaultKind) throws(ProfileError) {
    switch kind {
    case .silence, .late, .garbage, .badCRC, .truncated, .merged, .wrongUnit, .exception:
      self = .bus(
        try BusFault(table, kind), on: try table.choice(ifPresent: "on") ?? .any)
    case .portGone: self = .portGone(back: try table.choice(ifPresent: "back") ?? .same)
    case .stuck, .drift, .offset, .noise, .thermistorOff, .openSense:
      self = .sensor(try SensorFault(table, kind))
    case .lostRemote:
      self = .lostRemote(writes: try table.choice(ifPresent: "writes") ?? .ignored)
    case .staysOn: self = .staysOn(says: try table.choice(ifPresent: "says") ?? .off)
    case .loadStuckOn:
      self = .loadStuckOn(try table.quantity("current", in: Amperes(0.001)...Amperes(100)))
    case .reset: self = .reset
    case .tripped:
      self = .tripped(try table.choice(ifPresent: "protection") ?? .overVoltage)
    case .reversedCell: self = .reversedCell
    case .wrongChemistry:
      self = .wrongChemistry(
        try table.reference("cell", to: .cell),
        try table.quantity(
          ifPresent: "state_of_charge", in: StateOfCharge(0)...StateOfCharge(1)))
    case .internalShort:
      self = .internalShort(try table.quantity("resistance", in: Ohms(0.05)...Ohms(10_000)))
    case .overTemperature:
      self = .overTemperature(try table.quantity("heat", in: Watts(0.001)...Watts(10_000)))
    case .contactorWelded:
      self = .contactorWelded(try table.choice(ifPresent: "contacts") ?? .both)
    case .relayIgnoresRearming: self = .relayIgnoresRearming
    case .relayStuckOpen: self = .relayStuckOpen
    case .estop: self = .coilOpen(.estop)
    case .door: self = .coilOpen(.door)
    case .smoke: self = .coilOpen(.smoke)
    case .fan: self = .coilOpen(.fan)
    case .mains: self = .coilOpen(.mains)
    }
  }
}

extension BusFault {
  init(_ table: TomlTable, _ kind: FaultKind) throws(ProfileError) {
    switch kind {
    case .silence: self = .silence(obeys: try table.bool(ifPresent: "obeys") ?? false)
    case .late: self = .late(try table.quantity("by", in: Seconds(0.001)...Seconds(60)))
    case .garbage: self = .garbage
    case .badCRC: self = .badCRC
    case .truncated: self = .truncated
    case .merged: self = .merged
    case .wrongUnit: self = .wrongUnit
    default: self = .exception(UInt8(try table.integer(ifPresent: "code", in: 1...11) ?? 4))
    }
  }
}

extension SensorFault {
  init(_ table: TomlTable, _ kind: FaultKind) throws(ProfileError) {
    switch kind {
    case .stuck: self = .stuck
    case .drift: self = .drift(try SensorAmount(table, "per_hour"))
    case .offset: self = .offset(try SensorAmount(table, "by"))
    case .noise:
      let sd = try SensorAmount(table, "sd")
      guard sd.value >= 0 else { throw table.error("sd", "a positive amount is wanted") }
      self = .noise(sd)
    case .thermistorOff: self = .thermistorOff
    default:
      self = .openSense(
        rest: try table.quantity(ifPresent: "rest", in: Volts(-1000)...Volts(1000)) ?? .zero,
        timeConstant: try table.quantity(
          ifPresent: "time_constant", in: Seconds(0.001)...Seconds(3600)) ?? Seconds(2))
    }
  }
}

extension SensorAmount {
  /// The unit that is written says what the reading must be.
  init(_ table: TomlTable, _ key: String) throws(ProfileError) {
    let text = try table.string(key)
    if let volts = QuantityText.parse(text, as: Volts.self) {
      self.init(volts.value, .volt)
    } else if let amperes = QuantityText.parse(text, as: Amperes.self) {
      self.init(amperes.value, .ampere)
    } else if let kelvins = QuantityText.parse(text, as: Kelvins.self) {
      self.init(kelvins.value, .kelvin)
    } else {
      throw table.error(key, "an amount in the reading's unit is wanted: V, A or K")
    }
  }
}
