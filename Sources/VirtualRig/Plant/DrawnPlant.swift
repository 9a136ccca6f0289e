internal import Electrochemistry
private import Glibc

/// The plant that a seed makes of a plant file: every number that a twin would have to find out.
struct DrawnPlant {
  /// On the cell file's values, in the order of `ParameterName.allCases`.
  let factors: [(name: ParameterName, factor: Double)]
  /// Of the open-circuit potentials, V.
  let openCircuitOffset: (negative: Double, positive: Double)
  /// Initial, 0 to 1.
  let stateOfCharge: Double
  /// By `instrument.reading`.
  let sensors: [String: SensorErrors]

  init(_ settings: PlantSettings, seed: UInt64) {
    func normal(_ name: String) -> Double { NoiseStream(seed: seed, name: name).normal(at: 0) }
    factors = ParameterName.allCases.compactMap { name in
      settings.spread[name].map { (name, exp($0 * normal("factor \(name.rawValue)"))) }
    }
    openCircuitOffset = (
      settings.openCircuitSpread.negative * normal("open-circuit negative"),
      settings.openCircuitSpread.positive * normal("open-circuit positive")
    )
    let charge =
      settings.stateOfCharge
      + settings.stateOfChargeDeviation * normal("initial.state_of_charge")
    stateOfCharge = min(max(charge, 0), 1)
    sensors = Dictionary(
      uniqueKeysWithValues: settings.sensors.map { name, spread in
        (
          name,
          SensorErrors(
            offset: spread.offset * normal("offset \(name)"),
            gain: 1 + spread.gain * normal("gain \(name)"), noise: spread.noise,
            resolution: spread.resolution, latency: spread.latency)
        )
      })
  }

  /// The cell's parameters with everything drawn in them.
  func parameters(of cell: CellParameters) -> CellParameters {
    cell.scaled(Dictionary(uniqueKeysWithValues: factors.map { ($0.name, $0.factor) }))
      .offsettingOpenCircuitPotential(
        negative: openCircuitOffset.negative, positive: openCircuitOffset.positive)
  }
}
