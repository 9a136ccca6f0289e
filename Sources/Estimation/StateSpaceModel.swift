/// What a filter needs of a model: one transition and one measurement, each with its Jacobian.
public protocol StateSpaceModel {
  /// What drives the model over one step.
  associatedtype Input
  /// Length of the state, parameters and biases included.
  var dimension: Int { get }
  /// How many quantities `measure` delivers; those that a sensor reads come in any position.
  var outputCount: Int { get }

  /// Advances `state` over `duration`.
  /// - Parameters:
  ///   - state: in, out; count = `dimension`.
  ///   - duration: s, positive.
  ///   - jacobian: row-major `dimension` x `dimension`, derivative of the new with respect to the old
  ///     state, taken at the old state. Comes as the last call left it, zero at first, so that
  ///     entries which are always zero are never written; exact zeros cost nothing later.
  mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: Input, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError)

  /// Adds the process noise of the transition just made.
  /// - Parameter covariance: row-major `dimension` x `dimension`, symmetric on return.
  func addProcessNoise(to covariance: UnsafeMutablePointer<Double>, input: Input, duration: Double)

  /// Outputs of `state` under `input`.
  /// - Parameters:
  ///   - outputs: out; count = `outputCount`.
  ///   - jacobian: row-major `outputCount` x `dimension`; comes as the last call left it, zero at first.
  mutating func measure(
    _ state: UnsafePointer<Double>, input: Input,
    outputs: UnsafeMutablePointer<Double>, jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError)
}
