import Electrochemistry

/// What `CellFilter` wants of the filter that carries the cell's state.
protocol CellStateFilter {
  /// Mean of the state, as `FilterLayout` has it.
  var mean: [Double] { get }
  /// Standard deviation of one entry.
  func sd(_ index: Int) -> Double
  /// Moves on under `input`; as it was when this throws.
  mutating func predict(_ input: CellInput, duration: Double) throws(EstimationError)
  /// Takes the outputs of the present belief under `input`.
  mutating func measure(_ input: CellInput) throws(EstimationError)
  /// One output as it was last measured, with its variance.
  func output(_ index: Int) -> (mean: Double, variance: Double)
  /// Variance of the voltage reading, V2: the meter, and the shunt's noise through the cell's resistance, as
  /// it was last measured.
  var voltageVariance: Double { get }
  /// Takes readings in, right after `measure` of the same input; as it was when this throws.
  mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: CellInput, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError)
  /// Replaces mean and covariance (row-major).
  mutating func reset(mean: [Double], covariance: [Double])
  /// Adds what this filter alone knows, as it was last measured.
  func complete(_ belief: inout CellBelief)
}

extension CellStateFilter {
  func complete(_ belief: inout CellBelief) {}
}

extension ExtendedKalmanFilter: CellStateFilter where Model == AugmentedSPMe {
  var voltageVariance: Double { model.voltageVariance }

  mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: CellInput, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    try update(
      readings, input: input, rule: UpdateRule(gate: gate, iterations: 8), outcomes: outcomes)
  }
}

extension UnscentedKalmanFilter: CellStateFilter where Model == SPMeEnsemble {
  var voltageVariance: Double {
    let meter = model.world.configuration.voltageNoise
    return meter * meter + noiseVariance(of: FilteredOutput.voltage.rawValue)
  }
}
