/// The kinds of fault, by their names in a fault file.
public enum FaultKind: String, Sendable, Hashable, CaseIterable {
  // The bus: what becomes of a device's replies.
  case silence, late, garbage, truncated, merged, exception
  case badCRC = "bad_crc"
  case wrongUnit = "wrong_unit"
  case portGone = "port_gone"
  // A sensor: what a reading says.
  case stuck, drift, offset, noise
  case thermistorOff = "thermistor_off"
  case openSense = "open_sense"
  // A device: what it does.
  case reset, tripped
  case lostRemote = "lost_remote"
  case staysOn = "stays_on"
  case loadStuckOn = "load_stuck_on"
  // The cell and its wiring.
  case reversedCell = "reversed_cell"
  case wrongChemistry = "wrong_chemistry"
  case internalShort = "internal_short"
  case overTemperature = "over_temperature"
  case contactorWelded = "contactor_welded"
  case relayIgnoresRearming = "relay_ignores_rearming"
  case relayStuckOpen = "relay_stuck_open"
  // Inputs wired into the coil circuit.
  case estop, door, smoke, fan, mains

  /// What its place must be.
  enum Seat { case portOrDevice, device, reading, bench }

  var seat: Seat {
    switch self {
    case .silence, .late, .garbage, .truncated, .merged, .exception, .badCRC, .wrongUnit,
      .portGone:
      .portOrDevice
    case .stuck, .drift, .offset, .noise, .thermistorOff, .openSense: .reading
    case .reset, .tripped, .lostRemote, .staysOn, .loadStuckOn: .device
    default: .bench
    }
  }
}
