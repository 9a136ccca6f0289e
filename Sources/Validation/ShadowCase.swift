package import Electrochemistry
package import Estimation
import Kernels
import Quantities

/// One filter follows one drawn cell for an hour and a half of excitation and charge.
package struct ShadowCase {
  package let cell: CellParameters
  package let kind: StudyPlant.Kind
  package let filter: FilterKind
  package let model: FilterModel

  package init(
    _ cell: CellParameters, kind: StudyPlant.Kind, filter: FilterKind, model: FilterModel
  ) {
    self.cell = cell
    self.kind = kind
    self.filter = filter
    self.model = model
  }

  /// Seconds of excitation, and of each charge.
  private static let (excitation, charge) = (3600, 600)
  /// Within which the charge must come in 200 s.
  private var bound: Double { kind == .matched ? 0.02 : 0.03 }

  /// - Parameter clock: processor time, s.
  package func run(seed: UInt64, clock: () -> Double) throws -> ShadowScore {
    var plant = try StudyPlant(cell, kind: kind, seed: seed, stateOfCharge: 0.35...0.65)
    var draws = RandomStream(seed: seed, stream: 4)
    var configuration = kind.configuration(filter, model)
    // 30 % wrong, upwards or downwards.
    configuration.stateOfCharge = plant.stateOfCharge + (draws.uniform() < 0.5 ? -0.3 : 0.3)
    configuration.stateOfChargeSD = 0.3
    var shadow = try CellFilter(
      cell: cell, configuration: configuration, temperature: 298.15, thermometers: 1)
    var current = StudyCurrent(seed: seed, capacity: cell.nominalCapacity.value)
    var score = ShadowScore()
    var frozen: CellFilter?
    var window = (sum: 0.0, count: 0)
    var soc = plant.stateOfCharge
    let start = clock()
    var excluded = 0.0
    for second in 0..<(Self.excitation + 2 * Self.charge) {
      let amperes = self.current(second, soc, &current)
      let sample = try plant.sample(amperes)
      soc = sample.truth.stateOfCharge
      let input = CellInput(current: sample.current, ambient: sample.ambient)
      let result = try shadow.assimilate(
        input, at: sample.time, voltage: sample.voltage, thermometers: { _ in sample.surface })
      let before = clock()
      score.take(
        second, result, sample, bound: bound, excitation: Self.excitation, charge: Self.charge)
      if second >= 300 {
        window.sum += result.normalisedInnovationSquared
        window.count += result.assimilatedChannels
        if second % 60 == 59 {
          score.innovations.append(window.sum / Double(max(1, window.count)))
          window = (0, 0)
        }
      }
      if second % 600 == 0, second >= 600 {
        frozen = shadow
      } else {
        try openLoop(&frozen, input, sample, &score)
      }
      excluded += clock() - before
    }
    score.cost = (clock() - start - excluded) / Double(Self.excitation + 2 * Self.charge)
    score.restarts = shadow.restarts
    score.faults = shadow.faults.count
    return score
  }

  /// First 200 s at C/2, then pulses, then the two charges.
  private func current(_ second: Int, _ soc: Double, _ pulses: inout StudyCurrent) -> Double {
    let capacity = cell.nominalCapacity.value
    switch second {
    case ..<200: return soc > 0.5 ? -0.5 * capacity : 0.5 * capacity
    case ..<Self.excitation:
      // Low enough at its end for both charges.
      let low = second > Self.excitation - 1200 && soc > 0.3
      let pulse = pulses.next(stateOfCharge: soc, period: 1)
      return low ? min(pulse, -0.6 * capacity) : pulse
    case ..<(Self.excitation + Self.charge): return 0.5 * capacity
    default: return soc < 0.75 ? 1.2 * capacity : 0
    }
  }

  private func openLoop(
    _ frozen: inout CellFilter?, _ input: CellInput, _ sample: StudyPlant.Sample,
    _ score: inout ShadowScore
  ) throws {
    guard frozen != nil else { return }
    try frozen?.predict(input, to: sample.time)
    let voltage = try frozen?.belief(input).voltage.mean ?? .nan
    score.openLoop.add(voltage - sample.truth.voltage)
  }
}

extension ShadowScore {
  fileprivate mutating func take(
    _ second: Int, _ result: Assimilation, _ sample: StudyPlant.Sample, bound: Double,
    excitation: Int, charge: Int
  ) {
    let belief = result.belief
    let truth = sample.truth
    let soc = belief.stateOfCharge.mean - truth.stateOfCharge
    if second <= 200 {
      settled = abs(soc) <= bound ? settled ?? sample.time : nil
    }
    guard second >= 300 else { return }
    let potential =
      belief.negativePotentialAtSeparator.mean - truth.negativePotentialAtSeparator
    stateOfCharge.add(soc)
    surface.add(
      belief.negativeSurfaceStoichiometry.mean - truth.negativeSurfaceStoichiometry)
    temperature.add(belief.temperature.mean - truth.temperature)
    if second >= excitation, sample.trueCurrent > 0 {
      if second < excitation + charge {
        separatorSlow.add(potential)
      } else {
        separatorFast.add(potential)
      }
      charged += 1
      if potential > 5e-3 { optimistic += 1 }
    }
    guard second % 300 == 0 else { return }
    errors.append(
      [
        soc / belief.stateOfCharge.sd,
        (belief.temperature.mean - truth.temperature) / belief.temperature.sd,
        potential / belief.negativePotentialAtSeparator.sd,
      ].map { $0 * $0 })
  }
}
