import Electrochemistry
import Foundation
import Kernels

/// One source for numbers, dual numbers and lanes.
enum DerivativeLaws {
  static func section(_ cell: CellParameters) throws -> VerificationSection {
    VerificationSection(
      title: "Dual numbers and lanes",
      introduction: """
        Derivatives of SPMe's voltage through a discharge, a jump and a ramp by dual numbers, in \
        every direction (each parameter, both stoichiometries, state of charge, current), against \
        central differences of order four of the same steps; relative, or of 1 mV where smaller. \
        Thirteen cells in lanes of eight, each with its own state, current and factors, against \
        thirteen models alone, relative.
        """,
      rows: try SPMe.Thermal.allCases.map { try duals(cell, $0) }
        + SPMe.Thermal.allCases.map { try lanes(cell, $0) })
  }

  private static let directions: [SensitivityDirection] =
    ParameterName.allCases.map { .parameter($0) }
    + [.negativeStoichiometry, .positiveStoichiometry, .stateOfCharge, .current]

  private static func duals(
    _ original: CellParameters, _ thermal: SPMe.Thermal
  ) throws -> VerificationRow {
    var cell = original
    // Every path must carry derivatives, also those that Chen2020 leaves at zero.
    cell.contactResistance = 0.012
    cell.negative.diffusivityActivationEnergy = 20_000
    cell.positive.diffusivityActivationEnergy = 15_000
    cell.electrolyte.diffusivityActivationEnergy = 12_000
    cell.electrolyte.conductivityActivationEnergy = 9_000
    func model(_ cell: CellParameters) throws -> SingleParticleSensitivities {
      try SingleParticleSensitivities(
        cell, model: .spme, mesh: .coarse, thermal: thermal, directions: directions)
    }
    let (times, currents) = ([0.0, 300, 300, 400], [-5.0, -5, 3, 6])
    let outputs = [1.0, 60, 299, 300, 310, 400]
    let start = (negative: 0.5, positive: 0.5)
    var durations: [Double] = []
    let result = try model(cell).solve(
      start: start, times: times, currents: currents, outputTimes: outputs, ambient: 293.15,
      durations: &durations)
    let (n, p) = (cell.negative, cell.positive)
    var worst = 0.0
    for (k, direction) in directions.enumerated() {
      func shifted(_ h: Double) throws -> [Double] {
        var (changed, from, added) = (cell, start, 0.0)
        switch direction {
        case .parameter(let name): changed = cell.scaled([name: 1 + h])
        case .negativeStoichiometry: from.negative += h
        case .positiveStoichiometry: from.positive += h
        case .stateOfCharge:
          from.negative += h * (n.maximumStoichiometry - n.minimumStoichiometry)
          from.positive -= h * (p.maximumStoichiometry - p.minimumStoichiometry)
        case .current: added = h
        }
        return try model(changed).voltages(
          start: from, times: times, currents: currents, outputTimes: outputs, ambient: 293.15,
          added: added, durations: durations)
      }
      let h = 1e-4
      let (a, b, c, d) = (try shifted(h), try shifted(-h), try shifted(2 * h), try shifted(-2 * h))
      for i in outputs.indices {
        let difference = (8 * (a[i] - b[i]) - (c[i] - d[i])) / (12 * h)
        let dual = result.derivatives[i * directions.count + k]
        let error = abs(dual - difference) / max(abs(dual), 1e-3)
        worst = error > worst || error.isNaN ? error : worst
      }
    }
    return VerificationRow(
      "duals, \(thermal.rawValue)", "\(directions.count) directions at \(outputs.count) times",
      worst, atMost: 1e-6)
  }

  private static func lanes(
    _ cell: CellParameters, _ thermal: SPMe.Thermal
  ) throws -> VerificationRow {
    let model = SPMe(cell, mesh: .coarse, thermal: thermal)
    let names: [ParameterName] = [.negativeDiffusivity, .electrolyteDiffusivity]
    let lanes = SPMeLanes(model, count: 13, parameters: names)
    var stream = RandomStream(seed: 3)
    var states: [[Double]] = []
    var factors: [[Double]] = []
    for i in 0..<13 {
      states.append(
        model.rest(
          stateOfCharge: 0.3 + 0.4 * stream.uniform(), temperature: 290 + 15 * stream.uniform()))
      factors.append([0.2 * stream.gaussian(), 0.1 * stream.gaussian()])
      try lanes.setState(states[i], of: i)
      try lanes.setLogFactors(factors[i], of: i)
    }
    let currents = (0..<13).map { _ in 5 * stream.gaussian() }
    for _ in 0..<20 { try lanes.step(currents: currents, ambient: 295, duration: 1.5) }
    var worst = 0.0
    for i in 0..<13 {
      let alone = SPMe(
        cell.scaled([names[0]: exp(factors[i][0]), names[1]: exp(factors[i][1])]), mesh: .coarse,
        thermal: thermal)
      let workspace = alone.makeWorkspace()
      var x = states[i]
      for _ in 0..<20 {
        try alone.step(
          &x, current: currents[i], ambient: 295, duration: 1.5, workspace: workspace)
      }
      for (y, z) in zip(x, try lanes.state(of: i)) {
        let error = abs(z / y - 1)
        worst = error > worst || error.isNaN ? error : worst
      }
    }
    return VerificationRow(
      "lanes, \(thermal.rawValue)", "states after 20 steps against models alone", worst,
      atMost: 1e-13)
  }
}
