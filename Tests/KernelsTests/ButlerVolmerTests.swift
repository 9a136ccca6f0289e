import Foundation
import Kernels
import Testing

struct ButlerVolmerTests {
  @Test("the inverse of exp(a u) - exp(-c u), over thirty decades and lopsided coefficients")
  func inverse() {
    for (a, c) in [(0.5, 0.5), (0.3, 0.7), (0.7, 0.3), (0.05, 0.95), (1, 1), (0.9, 0.2)] {
      var r = 1e-15
      while r < 1e15 {
        for current in [r, -r] {
          let u = ButlerVolmer.overpotential(current, anodic: a, cathodic: c)
          let back = Foundation.expm1(a * u) - Foundation.expm1(-c * u)
          #expect(abs(back / current - 1) < 1e-13, "\(a) \(c) \(current)")
        }
        r *= 3.1
      }
      #expect(ButlerVolmer.overpotential(0, anodic: a, cathodic: c) == 0)
    }
    let half = ButlerVolmer.overpotential(3, anodic: 0.5, cathodic: 0.5)
    #expect(abs(half - 2 * Foundation.asinh(1.5)) < 1e-15)
    for bad in [Double.nan, .infinity] {
      #expect(ButlerVolmer.overpotential(bad, anodic: 0.5, cathodic: 0.5).isNaN)
    }
    #expect(ButlerVolmer.overpotential(1, anodic: 0, cathodic: 0.5).isNaN)
  }

  @Test("its derivative, and its lanes")
  func derivative() {
    for r in [-30.0, -1, 1e-9, 0.4, 200] {
      let dual = Dual8.overpotential(Dual8(r, lane: 2), anodic: 0.35, cathodic: 0.6)
      let h = 1e-5 * max(1, abs(r))
      let difference =
        (ButlerVolmer.overpotential(r + h, anodic: 0.35, cathodic: 0.6)
          - ButlerVolmer.overpotential(r - h, anodic: 0.35, cathodic: 0.6)) / (2 * h)
      #expect(abs(dual.partials[2] / difference - 1) < 1e-8)
      let lanes = Lanes8.overpotential(Lanes8(r), anodic: 0.35, cathodic: 0.6)
      #expect(lanes.lanes[6] == dual.value)
    }
  }
}
