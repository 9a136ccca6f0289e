/// A meter with two singles: voltage at the cell's tabs, and the shunt's current, positive when it
/// charges the cell. A definition, not a product.
struct FloatMeter: EmulatedDevice {
  private let voltage: Sensor
  private let current: Sensor

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    voltage = Sensor("\(name).cell_voltage", seed: seed, errors: errors["\(name).cell_voltage"]) {
      $0.cellVoltage
    }
    current = Sensor("\(name).shunt_current", seed: seed, errors: errors["\(name).shunt_current"]) {
      $0.cellCurrent
    }
  }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .input else { throw .illegalFunction }
    guard address + count <= 4 else { throw .illegalAddress }
    let words =
      RegisterWords.float(voltage.read(bench))
      + RegisterWords.float(current.read(bench))
    return Array(words[address..<address + count])
  }
}
