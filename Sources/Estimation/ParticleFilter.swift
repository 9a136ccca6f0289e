// Ranked goals: 1. two explanations stay alive until data separate them: stuck or working voltmeter, two
// charges on a flat curve. 2. No collapse: what is linear is marginalised or moved, a sharp likelihood
// is taken in shares, parameters are redrawn with their mean and covariance. 3. A failed step leaves
// the belief as it was. 4. No allocation after `init`, same seed same bytes. 5. Speed: the model's lanes are
// the cost. Oracle: the Kalman filter on a linear model, Bayes' rule, coverage (Tests/EstimationTests).

/// Marginalised particle filter over a `ParticleModel`: a value, so that a copy is a frozen filter (copies
/// share the model's scratch: use them from one thread).
///
/// Sources: Doucet, de Freitas, Gordon 2001 (marginalisation, resampling); Liu, West 2001 (kernel); Boers,
/// Driessen 2003, IEE Proc. Radar Sonar Navig. 150:344 (a share of the particles for each hypothesis);
/// Whitaker, Hamill 2002, Mon. Weather Rev. 130:1913 (readings that move particles).
package struct ParticleFilter<Model: ParticleModel> {
  /// The model.
  package var model: Model
  /// Length of the state.
  package let dimension: Int
  /// Particles.
  package let count: Int
  let settings: ParticleSettings
  let members: Int
  let outputCount: Int
  let marginal: Range<Int>
  let packed: Int
  let working: Range<Int>
  let stuck: Range<Int>

  var store: ParticleStore
  var saved: ParticleStore
  /// What resampling writes to before it replaces.
  var spare: ParticleStore

  var noise: [Double]
  let stillNoise: [Double]
  var failed: [Bool]
  var additive: [Double]
  /// Rows that each column of the added noise reaches.
  var reach: [Range<Int>]
  var retention: [Double]
  var addedVariance: [Double]
  var couplings: [Double]

  var outputs: [Double]
  var outputMean: [Double]
  var outputVariance: [Double]
  var gains: [Double]
  var squares: [Double]
  var logLikelihoods: [Double]
  var spreads: [Double]
  var keys: [Double]
  var order: [Int]
  var picks: [Int]
  var centre: [Double]
  var shift: [Double]

  /// A filter that starts at `mean` with `covariance` (row-major, symmetric, semidefinite allowed).
  package init(
    _ model: Model, settings: ParticleSettings, mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    let n = model.dimension
    try FilterPrior.check(mean, covariance, dimension: n)
    try Self.check(settings)
    self.model = model
    self.settings = settings
    dimension = n
    count = settings.count / 2 * 2
    let reserve = Int(Double(count) * (settings.stuckSensor?.share ?? 0)) / 2 * 2
    working = 0..<(count - reserve)
    stuck = (count - reserve)..<count
    members = Self.members(settings, model.noiseCount)
    outputCount = model.outputCount
    marginal = model.marginalised
    packed = marginal.count * (marginal.count + 1) / 2
    store = ParticleStore(
      count: count, members: members, dimension: n, packed: packed, seed: settings.seed)
    saved = store
    spare = store
    var still = Array(repeating: 0.0, count: members * model.noiseCount)
    for input in 0..<model.noiseCount {
      still[(count + 2 * input) * model.noiseCount + input] = 1
      still[(count + 2 * input + 1) * model.noiseCount + input] = -1
    }
    stillNoise = still
    noise = still
    failed = Array(repeating: false, count: members)
    additive = Array(repeating: 0, count: n * model.additiveCount)
    reach = Array(repeating: 0..<0, count: model.additiveCount)
    retention = Array(repeating: 1, count: marginal.count)
    addedVariance = Array(repeating: 0, count: marginal.count)
    couplings = Array(repeating: 0, count: outputCount * marginal.count)
    outputs = Array(repeating: 0, count: members * outputCount)
    outputMean = Array(repeating: 0, count: outputCount)
    outputVariance = outputMean
    gains = Array(repeating: 0, count: n + outputCount)
    squares = gains
    logLikelihoods = Array(repeating: 0, count: count)
    spreads = logLikelihoods
    keys = logLikelihoods
    order = Array(repeating: 0, count: count)
    picks = order
    centre = Array(repeating: 0, count: n)
    shift = centre
    draw(mean: mean, covariance: covariance)
  }

  /// Members of the ensemble that the model must be made for: the particles, and a pair for each noise input.
  package static func members(_ settings: ParticleSettings, _ noiseCount: Int) -> Int {
    settings.count / 2 * 2 + 2 * noiseCount
  }

  private static func check(_ settings: ParticleSettings) throws(EstimationError) {
    guard (64...100_000).contains(settings.count) else {
      throw EstimationError(.input, "particles: \(settings.count), allowed 64 to 100000")
    }
    guard (0..<1).contains(settings.kernelWidth) else {
      throw EstimationError(
        .input, "particles, kernel width: \(settings.kernelWidth), allowed 0 to below 1")
    }
    if let sensor = settings.stuckSensor {
      guard (0.05...0.5).contains(sensor.share), sensor.onsetRate >= 0, sensor.recoveryRate >= 0,
        sensor.tolerance > 0
      else {
        throw EstimationError(
          .input,
          "particles, stuck sensor: share \(sensor.share), allowed 0.05 to 0.5; "
            + "rates \(sensor.onsetRate), \(sensor.recoveryRate) 1/s, allowed from 0; "
            + "tolerance \(sensor.tolerance), must be above 0")
      }
    }
  }
}
