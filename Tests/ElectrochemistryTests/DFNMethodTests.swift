import CAllocations
import Electrochemistry
import Foundation
import Testing

/// The Runge-Kutta coefficients, and what a step costs the heap.
struct DFNMethodTests {
  private let m = DiagonallyImplicitMethod.fourthOrder
  private var b: [Double] { (0..<m.count).map { a(m.count - 1, $0) } }
  private func a(_ i: Int, _ j: Int) -> Double { m.a[i * m.count + j] }
  /// A v.
  private func times(_ v: [Double]) -> [Double] {
    (0..<m.count).map { i in (0..<m.count).reduce(0) { $0 + a(i, $1) * v[$1] } }
  }
  private func dot(_ u: [Double], _ v: [Double]) -> Double {
    zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test("order conditions: 4 for the result, 3 for the embedded one, stage order 2")
  func orderConditions() {
    let c = m.c
    let one = [Double](repeating: 1, count: m.count)
    let square = zip(c, c).map { $0 * $1 }
    let cube = zip(square, c).map { $0 * $1 }
    for (i, value) in times(one).enumerated() { #expect(abs(value - c[i]) < 1e-14, "row \(i)") }
    for (i, value) in times(c).enumerated() {
      #expect(abs(value - 0.5 * square[i]) < 1e-14, "stage order, row \(i)")
    }
    func third(_ weights: [Double]) -> [Double] {
      [
        dot(weights, one) - 1, dot(weights, c) - 0.5, dot(weights, square) - 1.0 / 3,
        dot(weights, times(c)) - 1.0 / 6,
      ]
    }
    func fourth(_ weights: [Double]) -> [Double] {
      [
        dot(weights, cube) - 0.25, dot(weights, zip(c, times(c)).map { $0 * $1 }) - 1.0 / 8,
        dot(weights, times(square)) - 1.0 / 12, dot(weights, times(times(c))) - 1.0 / 24,
      ]
    }
    for defect in third(b) + fourth(b) { #expect(abs(defect) < 1e-14) }
    let embedded = zip(b, m.error).map { $0 - $1 }
    for defect in third(embedded) { #expect(abs(defect) < 1e-14) }
    #expect(fourth(embedded).contains { abs($0) > 1e-4 }, "an estimate must see the fourth order")
    #expect(abs(m.error.reduce(0, +)) < 1e-15)
    // `localError` leaves the second stage's weight out.
    #expect(m.error[1] == 0)
  }

  @Test("explicit first stage, one diagonal, the last stage is the result; damps stiffness whole")
  func structure() {
    for i in 0..<m.count {
      #expect(a(i, i) == (i == 0 ? 0 : m.gamma))
      for j in (i + 1)..<m.count { #expect(a(i, j) == 0) }
    }
    #expect(m.c[0] == 0 && m.c[m.count - 1] == 1)
    func growth(_ z: Double) -> Double {
      var rates: [Double] = []
      var y = 1.0
      for i in 0..<m.count {
        let known = 1 + (0..<i).reduce(0) { $0 + a(i, $1) * rates[$1] }
        y = known / (1 - z * a(i, i))
        rates.append(z * y)
      }
      return y
    }
    #expect(abs(growth(-1e7)) < 1e-5)
    // Below 1 along the negative axis, and exp(z) to the fifth power near zero.
    for k in -40...80 {
      let z = -Foundation.exp2(Double(k) / 4)
      #expect(abs(growth(z)) < 1, "\(z)")
    }
    #expect(abs(growth(-0.01) - 0.990049833749168) < 1e-11)
  }

  private func counted(_ work: () throws -> Void) rethrows -> UInt64 {
    let before = lockstep_allocations()
    try work()
    return lockstep_allocations() - before
  }

  @Test("neither runs under any control, nor fixed steps, nor trial currents allocate once warm")
  func allocations() throws {
    for thermal in SPMe.Thermal.allCases {
      let solver = try DFNFixture.solver(thermal: thermal)
      let stops = [
        StopCondition(.voltage, .atMost, 2.6), StopCondition(.temperature, .atLeast, 400),
      ]
      let times = (0..<5000).map { Double($0) }
      var sum = 0.0
      func pieces() throws {
        for control in [
          CellControl.current(-3), .ramp(from: -3, to: 2), .voltage(3.7), .power(4), .resistance(2),
        ] {
          try solver.apply(control, ambient: 298.15)
          _ = try solver.run(for: 40, stops: stops, outputTimes: times) {
            sum += $0.outputs.voltage
          }
        }
        for current in [2.0, 2, -1] {
          sum += try solver.outputs(current: current, ambient: 298.15).voltage
          try solver.step(current: current, ambient: 298.15, duration: 1)
        }
      }
      try pieces()
      #expect(try counted(pieces) == 0, "\(thermal)")
      var probe = [sum]
      #expect(counted { probe.append(2) } > 0, "the counter counts: \(probe.count)")
    }
  }
}
