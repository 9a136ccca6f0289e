package import Electrochemistry
package import Estimation
import Kernels
import Quantities

/// How often the truth lies in a 95 % band: independent cells, one random instant each.
package struct CoverageStudy: Sendable {
  package var runs = 0
  package var inside: [String: Int] = [:]

  /// Quantities scored.
  package static let names = ["voltage", "temperature", "state of charge", "separator potential"]

  package init(
    _ cell: CellParameters, kind: StudyPlant.Kind, filter: FilterKind, model: FilterModel,
    seeds: Range<UInt64>
  ) throws {
    for seed in seeds {
      var plant = try StudyPlant(
        cell, kind: kind, seed: seed, stateOfCharge: 0.3...0.7, period: 5)
      var draws = RandomStream(seed: seed, stream: 5)
      var configuration = kind.configuration(filter, model)
      configuration.stateOfChargeSD = 0.1
      configuration.stateOfCharge = plant.stateOfCharge + 0.1 * draws.gaussian()
      var shadow = try CellFilter(
        cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
      var current = StudyCurrent(seed: seed, capacity: cell.nominalCapacity.value)
      let instant = 20 + Int(draws.uniform() * 160)
      var soc = plant.stateOfCharge
      for index in 0...instant {
        let sample = try plant.sample(current.next(stateOfCharge: soc, period: 5))
        soc = sample.truth.stateOfCharge
        let result = try shadow.assimilate(
          CellInput(current: sample.current, ambient: sample.ambient), at: sample.time,
          voltage: sample.voltage, thermometers: { _ in sample.surface })
        if index == instant { take(result.belief, sample.truth) }
      }
    }
  }

  private mutating func take(_ belief: CellBelief, _ truth: CellOutputs) {
    runs += 1
    let pairs = [
      (belief.voltage, truth.voltage), (belief.temperature, truth.temperature),
      (belief.stateOfCharge, truth.stateOfCharge),
      (belief.negativePotentialAtSeparator, truth.negativePotentialAtSeparator),
    ]
    for (name, (band, value)) in zip(Self.names, pairs)
    where abs(value - band.mean) <= 1.959964 * band.sd { inside[name, default: 0] += 1 }
  }

  /// Share inside and its 95 % Wilson interval.
  package func share(_ name: String) -> (share: Double, low: Double, high: Double) {
    let (n, z) = (Double(runs), 1.959964)
    let p = Double(inside[name] ?? 0) / n
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return (p, centre - half, centre + half)
  }
}
