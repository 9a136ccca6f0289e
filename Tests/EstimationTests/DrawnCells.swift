import Electrochemistry
import Estimation
import Kernels

/// Cells drawn from a filter's own prior, in the world that it believes in: shunt noise, random walks,
/// discrepancy and sensor offsets included. What a consistent filter must cover.
struct DrawnCells {
  let count: Int
  private let configuration: EstimatorConfiguration
  private var ensemble: CellEnsemble<SPMeLanes>
  private var states: [Double]
  private var noise: [Double]
  private var failed: [Bool]
  private var outputs: [Double]
  private var additive: [Double]
  private var random: RandomStream

  init(
    _ cell: CellParameters, _ configuration: EstimatorConfiguration, count: Int, seed: UInt64
  ) {
    self.count = count
    self.configuration = configuration
    let world = AugmentedSPMe(cell: cell, configuration: configuration, thermometers: 1)
    ensemble = CellEnsemble(world, count: count) { count in
      SPMeLanes(world.model, count: count, parameters: configuration.parameters.map(\.name))
    }
    var random = RandomStream(seed: seed)
    let prior = world.prior(
      stateOfCharge: configuration.stateOfCharge,
      stateOfChargeSD: configuration.stateOfChargeSD, temperature: 298.15)
    let n = world.layout.count
    let factor = Self.factor(prior.covariance, n)
    var states: [Double] = []
    for _ in 0..<count {
      let draws = (0..<n).map { _ in random.gaussian() }
      for i in 0..<n {
        states.append((0...i).reduce(prior.mean[i]) { $0 + factor[i * n + $1] * draws[$1] })
      }
    }
    self.states = states
    self.random = random
    noise = [Double](repeating: 0, count: count)
    failed = [Bool](repeating: false, count: count)
    outputs = [Double](repeating: 0, count: count * ensemble.outputCount)
    additive = [Double](repeating: 0, count: n * ensemble.additiveCount)
  }

  /// Moves all on; `duration` nil looks at them as they are.
  mutating func step(_ input: CellInput, _ duration: Double?) throws {
    for member in 0..<count { noise[member] = random.gaussian() }
    if let duration {
      try ensemble.advance(
        &states, noise: noise, count: count, input: input, duration: duration, failed: &failed)
      ensemble.additiveNoise(&additive, input: input, duration: duration)
      let (n, width) = (ensemble.dimension, ensemble.additiveCount)
      for member in 0..<count {
        for column in 0..<width {
          let draw = random.gaussian()
          for i in 0..<n { states[member * n + i] += draw * additive[i * width + column] }
        }
      }
    }
    try ensemble.observe(
      states, noise: noise, count: count, input: input, outputs: &outputs, failed: &failed)
  }

  func output(_ cell: Int, _ quantity: FilteredOutput) -> Double {
    outputs[cell * ensemble.outputCount + quantity.rawValue]
  }

  mutating func voltageReading(_ cell: Int) -> Double {
    output(cell, .voltage) + configuration.voltageNoise * random.gaussian()
  }

  mutating func thermometerReading(_ cell: Int) -> Double {
    outputs[cell * ensemble.outputCount + FilteredOutput.allCases.count]
      + configuration.temperatureNoise * random.gaussian()
  }

  /// Cholesky's factor; a pivot of rounding is none.
  private static func factor(_ p: [Double], _ n: Int) -> [Double] {
    var l = [Double](repeating: 0, count: n * n)
    for j in 0..<n {
      let pivot = p[j * n + j] - (0..<j).reduce(0) { $0 + l[j * n + $1] * l[j * n + $1] }
      guard pivot > 1e-11 * p[j * n + j] else { continue }
      for i in j..<n {
        let rest = (0..<j).reduce(p[i * n + j]) { $0 - l[i * n + $1] * l[j * n + $1] }
        l[i * n + j] = rest / pivot.squareRoot()
      }
    }
    return l
  }
}
