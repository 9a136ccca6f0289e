package import Electrochemistry
private import Glibc
package import Profiles
private import Quantities

/// The plant that a seed makes of a plant file: every number that a twin would have to find out.
package struct DrawnPlant {
  /// On the cell file's values, in the order of `ParameterName.allCases`.
  package let factors: [(name: ParameterName, factor: Double)]
  /// Of the open-circuit potentials, V.
  package let openCircuitOffset: (negative: Double, positive: Double)
  /// Ohm.
  package let contactResistance: Double
  /// Initial, 0 to 1.
  package let stateOfCharge: Double
  /// By `instrument.reading`.
  package let sensors: [String: SensorErrors]

  package init(_ file: PlantFile, seed: UInt64) {
    func normal(_ name: String) -> Double { NoiseStream(seed: seed, name: name).normal(at: 0) }
    func drawn(_ moments: Drawn, _ name: String) -> Double {
      moments.sd == 0 ? moments.mean : moments.mean + moments.sd * normal(name)
    }
    factors = ParameterName.allCases.compactMap { name in
      file.parameterSpread[name].map { (name, exp($0 * normal("factor \(name.rawValue)"))) }
    }
    openCircuitOffset = (
      drawn(Drawn(0, sd: file.negativeOpenCircuitPotentialSpread), "open-circuit negative"),
      drawn(Drawn(0, sd: file.positiveOpenCircuitPotentialSpread), "open-circuit positive")
    )
    contactResistance = max(drawn(file.contactResistance, "contact resistance"), 0)
    stateOfCharge = min(max(drawn(file.stateOfCharge, "initial.state_of_charge"), 0), 1)
    sensors = Dictionary(
      uniqueKeysWithValues: file.sensors.map { name, sensor in
        (
          name,
          SensorErrors(
            offset: drawn(Drawn(0, sd: sensor.accuracy.offset), "offset \(name)"),
            gain: drawn(Drawn(1, sd: sensor.accuracy.scale), "gain \(name)"),
            noise: sensor.accuracy.noise, resolution: sensor.accuracy.resolution,
            latency: sensor.latency.value)
        )
      })
  }

  /// The cell's parameters with everything drawn in them.
  package func parameters(of cell: CellParameters) -> CellParameters {
    cell.withContactResistance(cell.contactResistance + contactResistance)
      .scaled(Dictionary(uniqueKeysWithValues: factors.map { ($0.name, $0.factor) }))
      .offsettingOpenCircuitPotential(
        negative: openCircuitOffset.negative, positive: openCircuitOffset.positive)
  }
}
