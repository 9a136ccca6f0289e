import Drivers
import Instruments
import Quantities
import Testing

@Suite("Sensors by their profiles")
struct SensorTests {
  static func thermometer(resolution: UInt16, type: UInt16 = 0x0200) throws -> VirtualDevice {
    try VirtualDevice(prepare: { memory in
      memory.holding[64] = 57
      memory.holding[76] = resolution
      for channel in 0..<8 { memory.holding[0x80 + channel] = type }
    })
  }

  @Test(
    "a temperature is scaled by the resolution register", arguments: [(UInt16(0), 0.1), (1, 0.01)])
  func scale(resolution: UInt16, scale: Double) throws {
    let device = try Self.thermometer(resolution: resolution)
    defer { device.stop() }
    let thermo = try Shipped.instrument("thermo", Shipped.profile("comwintop-mb8art"), device)
    try thermo.open(at: .zero)
    device.inspect {
      $0.input[0] = 253
      $0.input[1] = UInt16(bitPattern: -101)
    }
    device.forget()
    let readings = Shipped.readings(thermo)
    #expect(readings["t1"]?.valid == 253 * scale)
    #expect(readings["t2"]?.valid == -101 * scale)
    #expect(device.requests.map { [$0.function, $0.address, $0.number] } == [[4, 0, 8]])
  }

  @Test("SAF-005 a fault code is no temperature", arguments: [Int16(30000), -30000])
  func sentinels(code: Int16) throws {
    let device = try Self.thermometer(resolution: 1)
    defer { device.stop() }
    let thermo = try Shipped.instrument("thermo", Shipped.profile("comwintop-mb8art"), device)
    try thermo.open(at: .zero)
    device.inspect {
      $0.input[2] = UInt16(bitPattern: code)
      $0.input[3] = 25_000
    }
    let readings = Shipped.readings(thermo)
    #expect(readings["t3"]?.quality == .sensorFault)
    #expect(readings["t3"]?.value.isNaN == true)
    // 250 degC is no code, but more than the device can deliver.
    #expect(readings["t4"]?.quality == .implausible)
    #expect(readings["t1"]?.quality == .good)
  }

  @Test("an input whose scale is not known is refused", arguments: [UInt16(0x0101), 0x0300])
  func inputType(type: UInt16) throws {
    let device = try Self.thermometer(resolution: 1, type: type)
    defer { device.stop() }
    let thermo = try Shipped.instrument("thermo", Shipped.profile("comwintop-mb8art"), device)
    let error = #expect(throws: InstrumentError.self) { try thermo.open(at: .zero) }
    #expect(error?.code == .readback)
  }

  @Test("a resolution that is not known is refused")
  func unknownResolution() throws {
    let device = try Self.thermometer(resolution: 2)
    defer { device.stop() }
    let thermo = try Shipped.instrument("thermo", Shipped.profile("comwintop-mb8art"), device)
    let error = #expect(throws: InstrumentError.self) { try thermo.open(at: .zero) }
    #expect(error?.description == "thermo: scale temperature is not known for resolution = 2")
  }

  @Test(
    "SAF-005 a meter's number that cannot be is implausible",
    arguments: [Float.nan, .infinity, -.infinity, 20.5, 1e30])
  func implausible(value: Float) throws {
    let device = try VirtualDevice(unit: 3)
    defer { device.stop() }
    let meter = try Shipped.instrument(
      "meter", Shipped.profile("generic-modbus-float-meter"), device)
    try meter.open(at: .zero)
    device.inspect {
      $0.setFloat(value, at: 0, in: $0.input)
      $0.setFloat(-5.25, at: 2, in: $0.input)
    }
    device.forget()
    let readings = Shipped.readings(meter)
    #expect(readings["cell_voltage"]?.quality == .implausible)
    #expect(readings["shunt_current"]?.valid == -5.25)
    #expect(device.requests.map { [$0.function, $0.address, $0.number] } == [[4, 0, 4]])
  }

  @Test("a sensor takes no command")
  func noCommand() throws {
    let device = try VirtualDevice(unit: 3)
    defer { device.stop() }
    let meter = try Shipped.instrument(
      "meter", Shipped.profile("generic-modbus-float-meter"), device)
    let error = #expect(throws: InstrumentError.self) {
      _ = try meter.perform(.switchOn, at: .zero)
    }
    #expect(error?.description == "meter: a meter does not take switch_on")
  }
}
