// Ranked goals: 1. two explanations stay alive until data separate them: stuck or working voltmeter, two
// charges on a flat curve. 2. No collapse: nothing is drawn, what a particle does not stand for is its Kalman
// filter's. 3. A failed step leaves the belief as it was. 4. No allocation after `init`. 5. Speed: one
// belief of one mode costs one extended Kalman filter. Oracle: the Kalman filter on a linear model, the
// extended one on a narrow belief, coverage (Tests/EstimationTests).

/// Rao-Blackwellised particle filter: each particle is a stretch of the charge and a state of the
/// voltmeter, with an extended Kalman filter for all else given these. Particles are few and placed, not
/// drawn: a wide prior is split along the charge, what is improbable is dropped, neighbours that have become
/// alike are merged. A value, so that a copy is a frozen filter (copies share scratch: use them from one
/// thread).
///
/// Sources: Alspach, Sorenson 1972, IEEE Trans. Autom. Control 17:439 (sum of normals); Doucet, de Freitas,
/// Gordon 2001 (Rao-Blackwellisation); Bar-Shalom, Li, Kirubarajan 2001, section 11.6 (hypotheses of a
/// Markov chain); Runnalls 2007, IEEE Trans. Aerosp. Electron. Syst. 43:989 (merging).
package struct ParticleFilter<Model: StateSpaceModel> {
  /// Which numbers of the model tell particles apart.
  package struct Axis: Sendable {
    /// Linear in the state: particles lie side by side along it; count = the model's dimension.
    package var slopes: [Double]
    /// Index of the output that it is.
    package var output: Int
    /// Index of the output whose sensor may be stuck.
    package var voltmeter: Int

    package init(slopes: [Double], output: Int, voltmeter: Int) {
      self.slopes = slopes
      self.output = output
      self.voltmeter = voltmeter
    }
  }

  /// Length of the state.
  package let dimension: Int
  /// Mean of the state.
  package internal(set) var mean: [Double]
  let settings: ParticleSettings
  let axis: Axis
  let outputCount: Int
  /// Each particle's turn is taken in it.
  var engine: ExtendedKalmanFilter<Model>
  var store: ParticleStore
  var saved: ParticleStore
  var failed: [Bool]
  var outputMeans: [Double]
  var outputVariances: [Double]
  var logLikelihoods: [Double]
  /// Readings as particles get them.
  var accepted: [ChannelReading]
  var results: [ChannelOutcome]

  /// A filter that starts at `mean` with `covariance` (row-major, symmetric, semidefinite allowed).
  package init(
    _ model: Model, settings: ParticleSettings, axis: Axis, mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    guard (8...1024).contains(settings.count), settings.width > 0 else {
      throw EstimationError(
        .input,
        "particles: \(settings.count), allowed 8 to 1024; width \(settings.width), must be above 0")
    }
    if let sensor = settings.stuckSensor {
      guard sensor.onsetRate >= 0, sensor.recoveryRate >= 0, sensor.tolerance > 0 else {
        throw EstimationError(
          .input,
          "particles, stuck sensor: rates \(sensor.onsetRate), \(sensor.recoveryRate) 1/s, allowed "
            + "from 0; tolerance \(sensor.tolerance), must be above 0")
      }
    }
    engine = try ExtendedKalmanFilter(model, mean: mean, covariance: covariance)
    dimension = model.dimension
    self.mean = mean
    self.settings = settings
    self.axis = axis
    outputCount = model.outputCount
    store = ParticleStore(count: settings.count, dimension: dimension)
    saved = store
    failed = Array(repeating: false, count: settings.count)
    outputMeans = Array(repeating: 0, count: settings.count * outputCount)
    outputVariances = outputMeans
    logLikelihoods = Array(repeating: 0, count: settings.count)
    accepted = Array(
      repeating: ChannelReading(output: 0, value: .nan, variance: 1), count: outputCount)
    results = Array(repeating: ChannelOutcome(), count: outputCount)
    split(mean: mean, covariance: covariance)
  }

  /// Particles now.
  package var count: Int { store.active }
}
