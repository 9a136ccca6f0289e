private import Glibc
import Kernels

/// A function of one variable, `x`, as BPX writes it: numbers, + - * / **, exp, tanh, cosh, and,
/// which the bpx package lets pass too, sinh, sin, cos, log (natural) and sqrt.
///
/// `**` binds tighter than a sign on its left and to the right, as in Python: -x**2 is -(x**2).
/// Sums and products keep their terms side by side, so that brackets alone make it deep.
indirect enum Expression: Sendable {
  case constant(Double)
  case variable
  case sum(Expression, [(sign: Sign, term: Expression)])
  case product(Expression, [(sign: Sign, factor: Expression)])
  case power(Expression, Expression)
  case negated(Expression)
  case call(Function, Expression)

  /// Whether a term is added or subtracted, a factor multiplied or divided by.
  enum Sign: Sendable {
    case plus, minus
  }

  enum Function: String, CaseIterable, Sendable {
    case exp, tanh, cosh, sinh, sin, cos, log, sqrt
  }

  /// The value at `x`, with its derivatives.
  func callAsFunction<S: ChainedScalar>(_ x: S) -> S {
    switch self {
    case .constant(let value): return S(value)
    case .variable: return x
    case .sum(let first, let rest):
      return rest.reduce(first(x)) { $1.sign == .plus ? $0 + $1.term(x) : $0 - $1.term(x) }
    case .product(let first, let rest):
      return rest.reduce(first(x)) { $1.sign == .plus ? $0 * $1.factor(x) : $0 / $1.factor(x) }
    case .power(let a, .constant(let exponent)): return S.power(a(x), exponent)
    case .power(let a, .negated(.constant(let exponent))): return S.power(a(x), -exponent)
    case .power(let a, let b): return S.exponential(b(x) * S.logarithm(a(x)))
    case .negated(let a): return -a(x)
    case .call(let function, let a): return function(a(x))
    }
  }
}

extension Expression.Function {
  func callAsFunction<S: ChainedScalar>(_ x: S) -> S {
    switch self {
    case .exp: S.exponential(x)
    case .tanh: S.hyperbolicTangent(x)
    case .cosh: S.hyperbolicCosine(x)
    case .sinh: x.chained(value: Glibc.sinh(x.value), slope: Glibc.cosh(x.value))
    case .sin: x.chained(value: Glibc.sin(x.value), slope: Glibc.cos(x.value))
    case .cos: x.chained(value: Glibc.cos(x.value), slope: -Glibc.sin(x.value))
    case .log: S.logarithm(x)
    case .sqrt: S.power(x, 0.5)
    }
  }
}
