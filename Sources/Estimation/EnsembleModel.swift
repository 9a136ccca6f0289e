/// What a filter without derivatives needs of a model: many states moved, and looked at, at once.
///
/// An ensemble is row-major, one member a row of `dimension` values. Beside it stands what the noise
/// inputs are for each member, in standard deviations: what enters the equations otherwise than as a sum
/// (the shunt's noise) is drawn with the state.
public protocol EnsembleModel {
  /// What drives the model over one step.
  associatedtype Input
  /// Length of the state, parameters and biases included.
  var dimension: Int { get }
  /// How many quantities `observe` delivers.
  var outputCount: Int { get }
  /// Directions in which the state may be uncertain at once; more columns than `dimension` are not needed.
  var rank: Int { get }
  /// Entries that keep a direction of their own whatever else is dropped: nothing but their own random walk
  /// would bring it back.
  var ownDirections: Range<Int> { get }
  /// What counts as much in one entry as in another, each in its unit; `dimension` numbers above 0.
  var sizes: [Double] { get }
  /// Noise inputs.
  var noiseCount: Int { get }
  /// Columns of the noise that is added to the state.
  var additiveCount: Int { get }

  /// Advances `count` members over `duration`, s. A member that leaves the model's range is marked in
  /// `failed`, its state is then of no meaning.
  mutating func advance(
    _ states: UnsafeMutablePointer<Double>, noise: UnsafePointer<Double>, count: Int,
    input: Input, duration: Double, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError)

  /// Writes a factor of the covariance that the step adds: row-major `dimension` x `additiveCount`.
  func additiveNoise(_ factor: UnsafeMutablePointer<Double>, input: Input, duration: Double)

  /// Outputs of `count` members, row-major `count` x `outputCount`.
  mutating func observe(
    _ states: UnsafePointer<Double>, noise: UnsafePointer<Double>, count: Int, input: Input,
    outputs: UnsafeMutablePointer<Double>, failed: UnsafeMutablePointer<Bool>
  ) throws(EstimationError)
}

extension EnsembleModel {
  /// All.
  public var rank: Int { dimension }
  /// None.
  public var ownDirections: Range<Int> { 0..<0 }
  /// One unit.
  public var sizes: [Double] { Array(repeating: 1, count: dimension) }
}
