import Electrochemistry
import Estimation
import Kernels
import Testing

@Suite("Augmented cell state")
struct AugmentedSPMeTests {
  private let input = CellInput(current: 2.1, currentAtStart: 1.9, ambient: 288.15)

  /// A loaded, warm cell with every offset off zero, after a minute of charge.
  private func loaded(_ model: inout AugmentedSPMe) throws -> [Double] {
    var state = model.prior(stateOfCharge: 0.4, stateOfChargeSD: 0.05, temperature: 293.15).mean
    var random = RandomStream(seed: 4)
    for index in model.layout.parameters { state[index] = 0.1 * random.gaussian() }
    state[model.layout.resistance] = 3e-3
    state[model.layout.negativeOffset] = 2e-3
    state[model.layout.positiveOffset] = -1e-3
    state[model.layout.discrepancy] = 1e-3
    state[model.layout.currentOffset] = 4e-3
    state[model.layout.currentScale] = 2e-3
    state[model.layout.ambientOffset] = 0.2
    for index in model.layout.thermometers { state[index] = 0.1 * random.gaussian() }
    for _ in 0..<6 { try step(&model, &state, 10) }
    return state
  }

  @discardableResult
  private func step(
    _ model: inout AugmentedSPMe, _ state: inout [Double], _ duration: Double
  ) throws -> [Double] {
    var jacobian = [Double](repeating: 0, count: state.count * state.count)
    try model.transition(&state, input: input, duration: duration, jacobian: &jacobian)
    return jacobian
  }

  private func measure(
    _ model: inout AugmentedSPMe, _ state: [Double]
  ) throws -> (outputs: [Double], jacobian: [Double]) {
    var outputs = [Double](repeating: 0, count: model.outputCount)
    var jacobian = [Double](repeating: 0, count: model.outputCount * state.count)
    try model.measure(state, input: input, outputs: &outputs, jacobian: &jacobian)
    return (outputs, jacobian)
  }

  /// A step that moves an entry by a small share of what it is.
  private func difference(_ value: Double) -> Double { 1e-4 * max(abs(value), 1e-2) }

  @Test("Its Jacobians are those of its own transition and outputs, by central differences")
  func jacobians() throws {
    var model = AugmentedSPMe(
      cell: try Cells.chen2020(), configuration: EstimatorConfiguration(), thermometers: 2)
    let state = try loaded(&model)
    let n = state.count
    var next = state
    let transition = try step(&model, &next, 5)
    let measurement = try measure(&model, state)
    for j in 0..<n {
      let h = difference(state[j])
      var (up, down) = (state, state)
      up[j] += h
      down[j] -= h
      let (high, low) = (try measure(&model, up), try measure(&model, down))
      for i in 0..<model.outputCount {
        let slope = (high.outputs[i] - low.outputs[i]) / (2 * h)
        let error = abs(slope - measurement.jacobian[i * n + j])
        #expect(error <= 2e-5 * max(abs(slope), 1e-3), "output \(i) by entry \(j): \(error)")
      }
      try step(&model, &up, 5)
      try step(&model, &down, 5)
      for i in 0..<n {
        let slope = (up[i] - down[i]) / (2 * h)
        // Salt stands in mol/m3 and temperature in K: differences there cancel hundreds.
        let scale = max(abs(slope), state[i] > 100 ? 1 : 1e-3)
        let error = abs(slope - transition[i * n + j])
        #expect(
          error <= 2e-5 * scale,
          "entry \(i) by entry \(j): \(error), \(slope) against \(transition[i * n + j])")
      }
    }
  }

  /// Row whose product with the state is the lithium in both particles, mol/m2 up to a factor.
  private func lithium(_ model: AugmentedSPMe, _ cell: CellParameters) throws -> [Double] {
    // Shell volumes are those of the model: the mean stoichiometry is linear in the shells, so that
    // unit states read the weights off.
    var row = [Double](repeating: 0, count: model.layout.count)
    let layout = model.model.layout
    let window = cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry
    for index in layout.negativeParticle {
      var state = model.model.rest(stateOfCharge: 0.5, temperature: 298.15)
      let before = try model.model.outputs(state, current: 0, ambient: 298.15).stateOfCharge
      state[index] += 1e-3
      let after = try model.model.outputs(state, current: 0, ambient: 298.15).stateOfCharge
      row[index] = (after - before) * window / 1e-3 * cell.negative.sites
      // Both particles have the same mesh.
      row[layout.positiveParticle.lowerBound + index] =
        row[index] / cell.negative.sites * cell.positive.sites
    }
    return row
  }

  @Test("Uncertain charge and current move lithium between the electrodes, and make none")
  func lithiumConserved() throws {
    let cell = try Cells.chen2020()
    var configuration = EstimatorConfiguration()
    configuration.balanceSD = 1e-9
    var model = AugmentedSPMe(cell: cell, configuration: configuration, thermometers: 0)
    let row = try lithium(model, cell)
    let n = model.layout.count
    let prior = model.prior(stateOfCharge: 0.5, stateOfChargeSD: 0.05, temperature: 298.15)
    func sd(_ covariance: [Double], _ row: [Double]) -> Double {
      var sum = 0.0
      for i in 0..<n { for j in 0..<n { sum += row[i] * covariance[i * n + j] * row[j] } }
      return max(0, sum).squareRoot()
    }
    let negative = row.enumerated().map {
      $0.offset < model.model.layout.negativeParticle.count ? $0.element : 0
    }
    // The file's stoichiometry windows balance to a few thousandths; noise through df/dI is exact.
    #expect(sd(prior.covariance, row) < 0.01 * sd(prior.covariance, negative))

    var state = prior.mean
    _ = try step(&model, &state, 1)
    var noise = [Double](repeating: 0, count: n * n)
    model.addProcessNoise(to: &noise, input: input, duration: 1)
    configuration.stateOfChargeDrift = 0
    var quiet = AugmentedSPMe(cell: cell, configuration: configuration, thermometers: 0)
    state = prior.mean
    _ = try step(&quiet, &state, 1)
    noise = [Double](repeating: 0, count: n * n)
    quiet.addProcessNoise(to: &noise, input: input, duration: 1)
    #expect(sd(noise, negative) > 0)
    #expect(sd(noise, row) < 1e-6 * sd(noise, negative))
  }
}
