/// A step and its derivatives, row-major; filled by `SPMe.linearise`, allocated once.
public struct LinearisedStep: Sendable {
  /// Parameters differentiated, in the order of the columns of `parameterJacobian`.
  public let parameters: [ParameterName]
  /// n, length of the state.
  public let stateCount: Int
  /// x+, n values.
  public internal(set) var next: [Double]
  /// F = dx+/dx, n x n: entry (i, j) at i n + j.
  public internal(set) var stateJacobian: [Double]
  /// G = dx+/d(ln factor), n x p: entry (i, k) at i p + k.
  public internal(set) var parameterJacobian: [Double]
  /// dx+/dI, n values, 1/A.
  public internal(set) var currentJacobian: [Double]
  /// dx+/d(ambient), n values, 1/K.
  public internal(set) var ambientJacobian: [Double]

  /// Room for the derivatives of one model with respect to these parameters.
  public init(_ model: SPMe, parameters: [ParameterName]) {
    let n = model.stateCount
    self.parameters = parameters
    stateCount = n
    next = Array(repeating: 0, count: n)
    stateJacobian = Array(repeating: 0, count: n * n)
    parameterJacobian = Array(repeating: 0, count: n * parameters.count)
    currentJacobian = Array(repeating: 0, count: n)
    ambientJacobian = Array(repeating: 0, count: n)
  }
}
