import Electrochemistry

/// What `CellFilter` wants of the filter that carries the cell's state.
protocol CellStateFilter {
  /// Mean of the state, as `FilterLayout` has it.
  var mean: [Double] { get }
  /// Its covariance, row-major. May allocate.
  var covariance: [Double] { get }
  /// Standard deviation of one entry.
  func sd(_ index: Int) -> Double
  /// Moves on under `input`; as it was when this throws.
  mutating func predict(_ input: CellInput, duration: Double) throws(EstimationError)
  /// Takes the outputs of the present belief under `input`.
  mutating func measure(_ input: CellInput) throws(EstimationError)
  /// One output as it was last measured, with its variance.
  func output(_ index: Int) -> (mean: Double, variance: Double)
  /// Variance that the shunt's noise gives an output, as it was last measured.
  func noiseVariance(of index: Int) -> Double
  /// Takes readings in, right after `measure` of the same input; the outputs are then those of the new
  /// belief. As it was when this throws.
  mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: CellInput, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError)
  /// Adds to the variance of one entry.
  mutating func loosen(_ index: Int, variance: Double)
  /// Replaces mean and covariance (row-major).
  mutating func reset(mean: [Double], covariance: [Double])
  /// Adds what this filter alone knows, as it was last measured.
  func complete(_ belief: inout CellBelief)
}

extension CellStateFilter {
  func complete(_ belief: inout CellBelief) {}
}

extension ExtendedKalmanFilter: CellStateFilter where Model == AugmentedSPMe {
  func noiseVariance(of index: Int) -> Double { model.noiseVariance(of: index) }

  mutating func update(
    _ readings: UnsafeBufferPointer<ChannelReading>, input: CellInput, gate: Double,
    outcomes: UnsafeMutableBufferPointer<ChannelOutcome>
  ) throws(EstimationError) {
    try update(
      readings, input: input, rule: UpdateRule(gate: gate, iterations: 8), outcomes: outcomes)
    try measure(input)
  }
}

extension UnscentedKalmanFilter: CellStateFilter where Model.Input == CellInput {}
