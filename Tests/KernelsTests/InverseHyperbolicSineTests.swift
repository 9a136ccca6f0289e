import Kernels
import Testing

/// sinh(asinh(x)) = x, and the function is odd, over twenty decades.
struct InverseHyperbolicSineTests {
  @Test("inverse of sinh over all magnitudes")
  func inverse() {
    var x = 1e-12
    while x < 1e12 {
      let y = Double.inverseHyperbolicSine(x)
      // sinh by exponentials loses digits near 0; there the series holds them.
      let back = y < 0.1 ? y + y * y * y / 6 * (1 + y * y / 20 * (1 + y * y / 42)) : sinh(y)
      #expect(abs(back / x - 1) < 1e-13, "\(x)")
      #expect(Double.inverseHyperbolicSine(-x) == -y)
      x *= 1.37
    }
    #expect(Double.inverseHyperbolicSine(0) == 0)
  }

  private func sinh(_ y: Double) -> Double {
    (Double.exponential(y) - Double.exponential(-y)) / 2
  }
}
