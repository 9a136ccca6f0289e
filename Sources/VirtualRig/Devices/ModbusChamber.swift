/// A climate chamber: set-point and air temperature in 0.1 degC. A definition, not a product.
struct ModbusChamber: EmulatedDevice {
  private let air: Sensor

  init(_ name: String, seed: UInt64, errors: [String: SensorErrors]) {
    air = Sensor("\(name).actual", seed: seed, errors: errors["\(name).actual"]) { $0.ambient }
  }

  func readWords(
    _ table: ModbusRequest.WordTable, _ address: Int, _ count: Int, _ bench: inout BenchPhysics
  ) throws(ModbusException) -> [UInt16] {
    guard table == .holding else { throw .illegalFunction }
    guard address + count <= 2 else { throw .illegalAddress }
    let words = [
      RegisterWords.signed(bench.chamber.setPoint, scale: 0.1),
      RegisterWords.signed(air.read(bench), scale: 0.1),
    ]
    return Array(words[address..<address + count])
  }

  mutating func writeWord(_ address: Int, _ value: UInt16, _ bench: inout BenchPhysics)
    throws(ModbusException)
  {
    guard address == 0 else { throw .illegalAddress }
    let setPoint = Double(Int16(bitPattern: value)) / 10
    guard -40...100 ~= setPoint else { throw .illegalValue }
    bench.chamber.setPoint = setPoint
  }
}
