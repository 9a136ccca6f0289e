/// Outputs and their derivatives, row-major with one row for each `FilteredOutput`.
public struct LinearisedOutputs: Sendable {
  /// Parameters differentiated, in the order of the columns of `parameterJacobian`.
  public let parameters: [ParameterName]
  /// n, length of the state.
  public let stateCount: Int
  /// One value for each `FilteredOutput`.
  public internal(set) var values: [Double]
  /// dy/dx, 6 x n: entry (output, j) at output n + j.
  public internal(set) var stateJacobian: [Double]
  /// dy/d(ln factor), 6 x p: entry (output, k) at output p + k.
  public internal(set) var parameterJacobian: [Double]
  /// dy/dI, 6 values, per A.
  public internal(set) var currentJacobian: [Double]

  /// Room for the derivatives of one model with respect to these parameters.
  public init(_ model: SPMe, parameters: [ParameterName]) {
    let n = model.stateCount
    let rows = FilteredOutput.allCases.count
    self.parameters = parameters
    stateCount = n
    values = Array(repeating: 0, count: rows)
    stateJacobian = Array(repeating: 0, count: rows * n)
    parameterJacobian = Array(repeating: 0, count: rows * parameters.count)
    currentJacobian = Array(repeating: 0, count: rows)
  }
}
