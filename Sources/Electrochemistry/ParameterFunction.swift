public import Kernels

/// A parameter that depends on stoichiometry or concentration: factor x curve + offset.
public struct ParameterFunction: Sendable {
  /// The function as loaded, in SI units.
  public var curve: PiecewiseCubic
  /// Multiplies the curve; 1 as loaded.
  public var factor: Double
  /// Added to it, in the function's unit; 0 as loaded.
  public var offset: Double

  /// A function as loaded.
  public init(_ curve: PiecewiseCubic) {
    self.curve = curve
    factor = 1
    offset = 0
  }
}
