import Electrochemistry
import Estimation
import Kernels
import Testing

/// A fault put into a sample from `onset` on.
private enum InjectedFault: CaseIterable, CustomStringConvertible {
  case voltageJump, thermometerJump, voltageStuck, thermometerStuck

  var description: String {
    switch self {
    case .voltageJump: "voltage 10 mV off"
    case .thermometerJump: "thermometer 3 K off"
    case .voltageStuck: "voltage stuck"
    case .thermometerStuck: "thermometer stuck"
    }
  }

  func spoil(_ sample: inout PlantSample, last: PlantSample) {
    switch self {
    case .voltageJump: sample.voltage += 10e-3
    case .thermometerJump: sample.surface -= 3
    case .voltageStuck: sample.voltage = last.voltage
    case .thermometerStuck: sample.surface = last.surface
    }
  }

  func isFound(in fault: SensorFault) -> Bool {
    switch self {
    case .voltageJump: fault.channel == .voltage && fault.kind == .jump
    case .thermometerJump: fault.channel == .thermometer(0) && fault.kind == .jump
    case .voltageStuck: fault.channel == .voltage && fault.kind == .stuck
    case .thermometerStuck: fault.channel == .thermometer(0) && fault.kind == .stuck
    }
  }
}

@Suite("Sensor faults")
struct SensorFaultTests {
  private func filter(_ kind: FilterKind, voltageNoise: Double, temperatureNoise: Double) throws
    -> CellFilter
  {
    var configuration = EstimatorConfiguration()
    configuration.filter = kind
    configuration.voltageNoise = voltageNoise
    configuration.temperatureNoise = temperatureNoise
    return try CellFilter(
      cell: try Cells.chen2020(), configuration: configuration, temperature: 298.15,
      thermometers: 1)
  }

  /// Pulses and rests, as a bench drives a cell.
  private static func current(_ second: Int) -> Double { [-5, 0, 2.5, 0, -1][second / 120 % 5] }

  @Test(
    "A jump of 10 mV or 3 K, and a sensor that has stopped, are named within 120 s, and nothing else is",
    arguments: InjectedFault.allCases, [(1e-3, 0.1), (2e-3, 0.3)])
  fileprivate func found(
    _ fault: InjectedFault, noise: (voltage: Double, temperature: Double)
  ) throws {
    for seed in 101..<104 as Range<UInt64> {
      var filter = try filter(
        .unscented, voltageNoise: noise.voltage, temperatureNoise: noise.temperature)
      var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: seed)
      (plant.voltageNoise, plant.temperatureNoise) = noise
      // Inside a plateau of the current, where a jump is a jump.
      let onset = 600 + 37 * Int(seed - 100)
      var last = try plant.second(0)
      _ = try filter.assimilate(last)
      for second in 1..<(onset + 121) {
        var sample = try plant.second(Self.current(second))
        if second >= onset { fault.spoil(&sample, last: last) }
        _ = try filter.assimilate(sample)
        last = sample
      }
      let first = try #require(filter.faults.first, "seed \(seed): nothing found")
      #expect(fault.isFound(in: first), "seed \(seed): \(first)")
      #expect(first.found - Double(onset) <= 120 && first.onset >= Double(onset) - 1)
      #expect(filter.faults.count == 1, "seed \(seed): \(filter.faults)")
    }
  }

  @Test(
    "After a jump the charge is still known: the voltmeter has an offset, the cell has not moved")
  func afterwards() throws {
    var filter = try filter(.unscented, voltageNoise: 1e-3, temperatureNoise: 0.1)
    var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 104)
    for second in 0..<3000 {
      var sample = try plant.second(Self.current(second))
      if second >= 1300 { sample.voltage += 30e-3 }
      let belief = try filter.assimilate(sample).belief
      let error = belief.stateOfCharge.mean - sample.truth.stateOfCharge
      if second > 300 { #expect(abs(error) < 0.012, "\(second) s: \(error)") }
    }
    #expect(filter.faults.map(\.kind) == [.jump] && filter.restarts == 0)
  }

  @Test(
    "Healthy sensors are let alone for four hours of pulses, however coarse they read",
    arguments: [0, 1e-3, 4e-3])
  func healthy(resolution: Double) throws {
    var filter = try filter(.unscented, voltageNoise: 2e-3, temperatureNoise: 0.3)
    var plant = try VirtualPlant(SPMePlant(try Cells.chen2020()), stateOfCharge: 0.5, seed: 105)
    (plant.voltageNoise, plant.temperatureNoise) = resolution > 0 ? (0, 0) : (2e-3, 0.3)
    for second in 0..<14_400 {
      // Balanced, with a long rest in each hour.
      let current = second % 3600 < 1200 ? [-3, 3, 1.5, -1.5][second / 300 % 4] : 0.0
      var sample = try plant.second(current)
      if resolution > 0 {
        sample.voltage = (sample.voltage / resolution).rounded() * resolution
        sample.surface = (sample.surface / (100 * resolution)).rounded() * 100 * resolution
      }
      _ = try filter.assimilate(sample)
    }
    #expect(filter.faults.isEmpty, "\(filter.faults)")
  }
}
