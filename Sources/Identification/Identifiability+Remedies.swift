import Electrochemistry
import Quantities

extension Identifiability {
  /// More that could be measured, and how it would be put to a person.
  private struct Remedy: Sendable {
    var what: String
    var cases: [InformationCase]
    /// Whether it takes the place of the data, or comes on top.
    var isInstead: Bool
  }

  /// Weighs for each combination what would tell it.
  mutating func findRemedies(
    _ cell: CellParameters, _ cases: [InformationCase], model: RunModel, reference: CellParameters
  ) {
    let remedies = Self.remedies(cell, cases, model)
    let (parameters, priors, data) = (self.parameters, priorSDs, information)
    let covariances = concurrently(remedies.count) { r -> [Double]? in
      let remedy = remedies[r]
      var sum = remedy.isInstead ? FisherInformation(parameters) : data
      for experiment in remedy.cases {
        var reached = 0.0
        sum =
          sum
          + FisherInformation(
            cell, parameters, experiment, model: model, reference: reference, reached: &reached)
        // The cell cannot do it.
        if reached < 0.9 { return nil }
      }
      return sum.covariance(priorSDs: priors)
    }
    for c in combinations.indices {
      let direction = parameters.map { parameter in
        combinations[c].exponents.first { $0.parameter == parameter }?.exponent ?? 0
      }
      let ranked = zip(remedies, covariances).compactMap { remedy, covariance in
        covariance.map { (what: remedy.what, sd: Self.sd(along: direction, $0)) }
      }
      .filter { $0.sd < 0.7 * combinations[c].sd }
      .sorted { $0.sd < $1.sd }
      combinations[c].remedies = Array(ranked.prefix(3))
    }
  }

  private static func remedies(
    _ cell: CellParameters, _ cases: [InformationCase], _ model: RunModel
  ) -> [Remedy] {
    var all: [Remedy] = []
    if !cases.contains(where: \.hasReference) {
      all.append(
        Remedy(
          what: "a reference electrode (1 mV)",
          cases: cases.map { $0.adding(.separatorPotential(ErrorModel(noiseSD: 1e-3))) },
          isInstead: true))
    }
    let hasThermometer = cases.contains {
      $0.outputs.contains { if case .temperature = $0 { true } else { false } }
    }
    if model.thermal == .lumped, !hasThermometer {
      all.append(
        Remedy(
          what: "a thermometer (0.1 K)",
          cases: cases.map { $0.adding(.temperature(ErrorModel(noiseSD: 0.1))) }, isInstead: true))
    }
    for shift in [-0.3, 0.3] {
      let moved = cases.map { experiment in
        var copy = experiment
        copy.stateOfCharge += shift
        return copy
      }
      guard moved.allSatisfy({ (0.02...0.98).contains($0.stateOfCharge) }) else { continue }
      all.append(
        Remedy(
          what: "the same \(shift > 0 ? "higher" : "lower") by 30 % of charge", cases: moved,
          isInstead: false))
    }
    for shift in [-15.0, 15] {
      all.append(
        Remedy(
          what: "the same at 15 K \(shift > 0 ? "more" : "less")",
          cases: cases.map { $0.warmer(by: shift) }, isInstead: false))
    }
    let faster = cases.map { $0.sampled(timesAsOften: 10) }
    if faster != cases.map(\.times) {
      all.append(
        Remedy(
          what: "sampling ten times as often",
          cases: zip(cases, faster).map { experiment, times in
            var copy = experiment
            copy.times = times
            return copy
          }, isInstead: true))
    }
    if let first = cases.first {
      let c = cell.nominalCapacity.value
      let pulses = (0..<10).flatMap { k -> [(current: Double, duration: Double)] in
        [(k % 2 == 0 ? c : -c, 20), (0, 120)]
      }
      all.append(
        Remedy(
          what: "ten pulses of 1C, 20 s, at half charge",
          cases: [
            InformationCase(
              current: CurrentRecord(steps: pulses, ambient: first.current.ambient), period: 1,
              stateOfCharge: 0.5,
              outputs: first.outputs)
          ], isInstead: false))
      all.append(
        Remedy(
          what: "a discharge at C/2 and three hours of rest",
          cases: [
            InformationCase(
              current: CurrentRecord(
                steps: [(-c / 2, 5400), (0, 10_800)], ambient: first.current.ambient), period: 30,
              stateOfCharge: 0.9, outputs: first.outputs)
          ], isInstead: false))
    }
    return all
  }
}

extension InformationCase {
  func adding(_ output: Output) -> InformationCase {
    var copy = self
    copy.outputs.append(output)
    return copy
  }

  func warmer(by kelvin: Double) -> InformationCase {
    var copy = self
    copy.current.ambient += kelvin
    copy.current.initialTemperature += kelvin
    return copy
  }

  /// Instants between its own; not closer than 0.1 s.
  func sampled(timesAsOften factor: Int) -> [Double] {
    var dense: [Double] = []
    for (a, b) in zip(times, times.dropFirst()) {
      let parts = max(1, min(factor, Int((b - a) / 0.1)))
      for k in 0..<parts { dense.append(a + (b - a) * Double(k) / Double(parts)) }
    }
    return dense + (times.last.map { [$0] } ?? [])
  }
}
