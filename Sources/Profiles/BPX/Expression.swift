import Kernels

/// A function of one variable, `x`, as BPX writes it: numbers, + - * / **, exp, tanh, cosh.
///
/// `**` binds tighter than a sign on its left and to the right, as in Python: -x**2 is -(x**2).
indirect enum Expression: Sendable {
  case constant(Double)
  case variable
  case sum(Expression, Expression)
  case difference(Expression, Expression)
  case product(Expression, Expression)
  case quotient(Expression, Expression)
  case power(Expression, Expression)
  case negated(Expression)
  case exp(Expression)
  case tanh(Expression)
  case cosh(Expression)

  /// The value at `x`, with its derivatives.
  func callAsFunction<S: Scalar>(_ x: S) -> S {
    switch self {
    case .constant(let value): S(value)
    case .variable: x
    case .sum(let a, let b): a(x) + b(x)
    case .difference(let a, let b): a(x) - b(x)
    case .product(let a, let b): a(x) * b(x)
    case .quotient(let a, let b): a(x) / b(x)
    case .power(let a, .constant(let exponent)): S.power(a(x), exponent)
    case .power(let a, .negated(.constant(let exponent))): S.power(a(x), -exponent)
    case .power(let a, let b): S.exponential(b(x) * S.logarithm(a(x)))
    case .negated(let a): -a(x)
    case .exp(let a): S.exponential(a(x))
    case .tanh(let a): S.hyperbolicTangent(a(x))
    case .cosh(let a): S.hyperbolicCosine(a(x))
    }
  }
}
