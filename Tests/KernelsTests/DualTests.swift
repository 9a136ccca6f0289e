import Kernels
import Testing

/// A derivative by duals is the limit of central differences.
struct DualTests {
  static let functions: [(String, @Sendable (Dual8) -> Dual8, @Sendable (Double) -> Double)] = [
    ("exp", { .exponential($0) }, { .exponential($0) }),
    ("log", { .logarithm($0) }, { .logarithm($0) }),
    ("sqrt", { .squareRoot($0) }, { .squareRoot($0) }),
    ("tanh", { .hyperbolicTangent($0) }, { .hyperbolicTangent($0) }),
    ("cosh", { .hyperbolicCosine($0) }, { .hyperbolicCosine($0) }),
    ("asinh", { .inverseHyperbolicSine($0) }, { .inverseHyperbolicSine($0) }),
    ("1/x", { .reciprocal($0) }, { .reciprocal($0) }),
    ("x^1.5", { .power($0, 1.5) }, { .power($0, 1.5) }),
    ("x^3", { .power($0, 3) }, { .power($0, 3) }),
    (
      "(2 - x)/(x x + 1) - 3 x", { (2 - $0) / ($0 * $0 + 1) - $0 * 3 },
      {
        (2 - $0) / ($0 * $0 + 1) - $0 * 3
      }
    ),
  ]

  @Test("derivatives agree with central differences", arguments: 0..<functions.count)
  func derivative(index: Int) {
    let (name, dual, plain) = Self.functions[index]
    for x in [0.011, 0.3, 0.9, 1.7, 4.2] {
      let y = dual(Dual8(x, lane: 5))
      #expect(y.value == plain(x), "\(name) at \(x)")
      let h = 1e-5 * x
      let central = (plain(x + h) - plain(x - h)) / (2 * h)
      let scale = max(1, abs(central))
      #expect(abs(y.partials[5] - central) < 1e-7 * scale, "\(name) at \(x)")
      #expect(y.partials[0] == 0 && y.partials[7] == 0)
    }
  }

  @Test("directions do not mix")
  func lanes() {
    let product = Dual8(3, lane: 0) * Dual8(5, lane: 1)
    #expect(product.value == 15)
    #expect(product.partials == SIMD8(5, 3, 0, 0, 0, 0, 0, 0))
  }

  @Test("whole powers of negative numbers exist")
  func negativePower() {
    #expect(Double.power(-2, 3) == -8)
    #expect(Double.power(-2, 0.5).isNaN)
  }
}
