import Electrochemistry
import Testing

/// Duals against central differences of the very same steps, to 1e-6.
struct SensitivityTests {
  static let directions: [SensitivityDirection] =
    ParameterName.allCases.map { .parameter($0) }
    + [.negativeStoichiometry, .positiveStoichiometry, .stateOfCharge, .current]

  @Test("every direction, through a discharge, a jump and a ramp", arguments: SPMe.Thermal.allCases)
  func differences(thermal: SPMe.Thermal) throws {
    var cell = try Fixtures.chen2020().withContactResistance(0.012)
    // Every path must carry derivatives, also those that Chen2020 leaves at zero.
    cell.negative.diffusivityActivationEnergy = 20_000
    cell.positive.diffusivityActivationEnergy = 15_000
    cell.electrolyte.diffusivityActivationEnergy = 12_000
    cell.electrolyte.conductivityActivationEnergy = 9_000
    func model(_ cell: CellParameters) throws -> SingleParticleSensitivities {
      try SingleParticleSensitivities(
        cell, model: .spme, mesh: .coarse, thermal: thermal, directions: Self.directions)
    }
    let (times, currents) = ([0.0, 300, 300, 400], [-5.0, -5, 3, 6])
    let outputs = [1.0, 60, 299, 300, 310, 400]
    let start = (negative: 0.5, positive: 0.5)
    var durations: [Double] = []
    let base = try model(cell)
    let result = try base.solve(
      start: start, times: times, currents: currents, outputTimes: outputs, ambient: 293.15,
      durations: &durations)
    #expect(
      try base.voltages(
        start: start, times: times, currents: currents, outputTimes: outputs, ambient: 293.15)
        == result.voltages)
    let window = cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry
    let other = cell.positive.maximumStoichiometry - cell.positive.minimumStoichiometry
    for (k, direction) in Self.directions.enumerated() {
      func shifted(_ h: Double) throws -> [Double] {
        var (changed, from, added) = (cell, start, 0.0)
        switch direction {
        case .parameter(let name): changed = cell.scaled([name: 1 + h])
        case .negativeStoichiometry: from.negative += h
        case .positiveStoichiometry: from.positive += h
        case .stateOfCharge:
          from.negative += h * window
          from.positive -= h * other
        case .current: added = h
        }
        return try model(changed).voltages(
          start: from, times: times, currents: currents, outputTimes: outputs, ambient: 293.15,
          added: added, durations: durations)
      }
      let h = 1e-4
      // Differences of order four: the second-order ones err by 1e-6 themselves.
      let (a, b, c, d) = (try shifted(h), try shifted(-h), try shifted(2 * h), try shifted(-2 * h))
      for i in outputs.indices {
        let difference = (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * h)
        let dual = result.derivatives[i * Self.directions.count + k]
        #expect(
          abs(dual - difference) <= 1e-6 * max(abs(dual), 1e-3), "\(direction) at \(outputs[i]) s")
      }
    }
  }

  @Test("refusals")
  func refusals() throws {
    let model = try SingleParticleSensitivities(
      try Fixtures.chen2020(), model: .spm, mesh: .coarse, thermal: .isothermal,
      directions: [.stateOfCharge])
    func solve(_ times: [Double], _ currents: [Double], _ outputs: [Double]) throws {
      _ = try model.solve(
        negativeStoichiometry: 0.5, positiveStoichiometry: 0.5, times: times, currents: currents,
        outputTimes: outputs, ambient: 298.15)
    }
    try solve([0, 10], [1, 1], [0, 5, 10])
    for (times, currents, outputs) in [
      ([0.0], [1.0], [0.0]), ([0, 10], [1], [0]), ([10, 0], [1, 1], [5]), ([0, 10], [1, 1], [11]),
      ([0, 10], [1, 1], [5, 5]), ([0, 10], [1, .nan], [5]), ([0, .nan], [1, 1], [0]),
    ] {
      #expect(throws: ModelError.self) { try solve(times, currents, outputs) }
    }
  }
}
