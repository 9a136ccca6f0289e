import Foundation
import Kernels
import Testing

/// Whole-lane functions against the C library's, place by place.
struct LaneTests {
  /// Every magnitude, dense around 1 where the logarithm passes through zero.
  private static let positive: [Double] = {
    var values: [Double] = []
    var x = 2.3e-308
    while x < 1e308 {
      values.append(x)
      x *= 1.0173
    }
    for k in -4000...4000 { values.append(1 + Double(k) * 1.7e-4) }
    for k in 1...52 { values += [1 + scalbn(1, -k), 1 - scalbn(1, -k)] }
    values += [1, .leastNormalMagnitude, .greatestFiniteMagnitude, 0.5.squareRoot()]
    return values.filter { $0 >= .leastNormalMagnitude }
  }()

  private func lanes(_ values: [Double]) -> [Lane] {
    stride(from: 0, to: values.count - 7, by: 8).map { first in
      var lane = Lane()
      for k in 0..<8 { lane[k] = values[first + k] }
      return lane
    }
  }

  @Test("logarithm within 1.5 units in the last place of libm's, over every magnitude")
  func logarithm() {
    var worst = 0.0
    for lane in lanes(Self.positive) {
      let y = Lane.logarithm(lane)
      for k in 0..<8 {
        let exact = Foundation.log(lane[k])
        worst = max(worst, abs(y[k] - exact) / exact.ulp)
      }
    }
    // libm's own half unit is in the difference.
    #expect(worst <= 2, "\(worst) ulp")
    #expect(Lane.logarithm(Lane(repeating: 1)) == Lane(repeating: 0))
  }

  @Test("inverse hyperbolic sine within 1e-14 of libm's, and odd to the last bit")
  func inverseHyperbolicSine() {
    func function(_ x: Lane) -> Lane {
      Lane.inverseHyperbolicSine(x)
    }
    var worst = 0.0
    for lane in lanes(Self.positive.filter { $0 < 1e150 && $0 > 1e-300 }) {
      let y = function(lane)
      #expect(function(-lane) == -y)
      for k in 0..<8 { worst = max(worst, abs(y[k] / asinh(lane[k]) - 1)) }
    }
    #expect(worst < 1e-14, "\(worst)")
    #expect(function(Lane(repeating: 0)) == Lane(repeating: 0))
  }
}
