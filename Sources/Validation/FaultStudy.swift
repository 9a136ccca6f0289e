package import Electrochemistry
package import Estimation
import Kernels
import Quantities

/// Faults put into simulated records: when they are named, and how often something is named that is not there.
package struct FaultStudy: Sendable {
  package enum Fault: String, CaseIterable, Sendable {
    case voltageJump = "voltage 10 mV off"
    case thermometerJump = "thermometer 3 K off"
    case voltageStuck = "voltage stuck"
    case thermometerStuck = "thermometer stuck"
  }

  /// Delays of those found, s, and how many were not, or were given another name.
  package var delays: [Fault: [Double]] = [:]
  package var missed: [Fault: Int] = [:]
  package var misnamed: [Fault: Int] = [:]
  package var healthyHours = 0.0
  package var falseAlarms = 0

  package init(
    _ cell: CellParameters, kind: StudyPlant.Kind, filter: FilterKind, model: FilterModel,
    seeds: Range<UInt64>
  ) throws {
    for fault in Fault.allCases {
      for seed in seeds { try run(fault, cell, kind, filter, model, seed) }
    }
  }

  private mutating func run(
    _ fault: Fault, _ cell: CellParameters, _ kind: StudyPlant.Kind, _ filter: FilterKind,
    _ model: FilterModel, _ seed: UInt64
  ) throws {
    var plant = try StudyPlant(cell, kind: kind, seed: seed, stateOfCharge: 0.35...0.65)
    var draws = RandomStream(seed: seed, stream: 6)
    var configuration = kind.configuration(filter, model)
    configuration.stateOfCharge = plant.stateOfCharge + 0.02 * draws.gaussian()
    configuration.stateOfChargeSD = 0.02
    var shadow = try CellFilter(
      cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    var current = StudyCurrent(seed: seed, capacity: cell.nominalCapacity.value)
    let onset = 900 + Int(600 * draws.uniform())
    var soc = plant.stateOfCharge
    var last: StudyPlant.Sample?
    for second in 0..<(onset + 121) {
      var sample = try plant.sample(current.next(stateOfCharge: soc, period: 1))
      soc = sample.truth.stateOfCharge
      if second >= onset, let last { Self.spoil(&sample, fault, last) }
      _ = try shadow.assimilate(
        CellInput(current: sample.current, ambient: sample.ambient), at: sample.time,
        voltage: sample.voltage, thermometers: { _ in sample.surface })
      last = sample
      if !shadow.faults.isEmpty { break }
    }
    guard let found = shadow.faults.first else {
      missed[fault, default: 0] += 1
      return
    }
    guard found.found >= Double(onset), Self.isNamed(fault, found) else {
      misnamed[fault, default: 0] += 1
      return
    }
    delays[fault, default: []].append(found.found - Double(onset))
  }

  private static func spoil(
    _ sample: inout StudyPlant.Sample, _ fault: Fault, _ last: StudyPlant.Sample
  ) {
    switch fault {
    case .voltageJump: sample.voltage += 10e-3
    case .thermometerJump: sample.surface += 3
    case .voltageStuck: sample.voltage = last.voltage
    case .thermometerStuck: sample.surface = last.surface
    }
  }

  private static func isNamed(_ fault: Fault, _ found: SensorFault) -> Bool {
    switch fault {
    case .voltageJump: found.channel == .voltage && found.kind == .jump
    case .thermometerJump: found.channel == .thermometer(0) && found.kind == .jump
    case .voltageStuck: found.channel == .voltage && found.kind == .stuck
    case .thermometerStuck: found.channel == .thermometer(0) && found.kind == .stuck
    }
  }

  /// Healthy cells, `hours` in all, ten at a time, sampled every `period` s.
  package mutating func runHealthy(
    _ cell: CellParameters, kind: StudyPlant.Kind, filter: FilterKind, model: FilterModel,
    hours: Double, period: Double, firstSeed: UInt64
  ) throws {
    var seed = firstSeed
    while healthyHours < hours {
      var plant = try StudyPlant(
        cell, kind: kind, seed: seed, stateOfCharge: 0.35...0.65, period: period)
      var configuration = kind.configuration(filter, model)
      configuration.stateOfCharge = plant.stateOfCharge
      configuration.stateOfChargeSD = 0.02
      var shadow = try CellFilter(
        cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
      var current = StudyCurrent(seed: seed, capacity: cell.nominalCapacity.value)
      var soc = plant.stateOfCharge
      for _ in 0..<Int(36_000 / period) {
        let sample = try plant.sample(current.next(stateOfCharge: soc, period: period))
        soc = sample.truth.stateOfCharge
        _ = try shadow.assimilate(
          CellInput(current: sample.current, ambient: sample.ambient), at: sample.time,
          voltage: sample.voltage, thermometers: { _ in sample.surface })
      }
      falseAlarms += shadow.faults.count
      healthyHours += 10
      seed += 1
    }
  }
}
