import Electrochemistry
import Kernels

extension CellParameters {
  /// Adds bumps of given heights to a function; see `FunctionCorrection.Function`.
  mutating func add(
    _ bumps: [(FunctionCorrection, Double)], to function: FunctionCorrection.Function
  ) throws {
    switch function {
    case .negativeOpenCircuitPotential:
      try Self.add(bumps, to: &negative.openCircuitPotential.curve, accuracy: 1e-6)
    case .positiveOpenCircuitPotential:
      try Self.add(bumps, to: &positive.openCircuitPotential.curve, accuracy: 1e-6)
    case .negativeEntropicChange:
      try Self.add(bumps, to: &negative.entropicChange.curve, accuracy: 1e-9)
    case .positiveEntropicChange:
      try Self.add(bumps, to: &positive.entropicChange.curve, accuracy: 1e-9)
    case .negativeDiffusivity: try Self.multiply(bumps, &negative.diffusivity.curve)
    case .positiveDiffusivity: try Self.multiply(bumps, &positive.diffusivity.curve)
    }
  }

  private static func add(
    _ bumps: [(FunctionCorrection, Double)], to curve: inout PiecewiseCubic, accuracy: Double
  ) throws {
    let old = curve
    let range = old.constant == nil ? old.range : 0...1
    curve = try PiecewiseCubic(
      spline: { old($0) + sum(bumps, $0) }, over: range, errorBound: accuracy,
      values: { old.value(at: $0) + sum(bumps, $0) })
  }

  private static func multiply(
    _ bumps: [(FunctionCorrection, Double)], _ curve: inout PiecewiseCubic
  ) throws {
    let old = curve
    let range = old.constant == nil ? old.range : 0...1
    curve = try PiecewiseCubic(
      spline: { old($0) * Dual8.exponential(sum(bumps, $0)) }, over: range, errorBound: 0,
      relative: 1e-4, values: { old.value(at: $0) * Double.exponential(sum(bumps, $0)) })
  }

  private static func sum<S: Scalar>(_ bumps: [(FunctionCorrection, Double)], _ x: S) -> S {
    bumps.reduce(S(0)) { sum, bump in
      let d = (x - bump.0.centre) * (1 / bump.0.width)
      return sum + S.exponential(-(d * d)) * bump.1
    }
  }
}
