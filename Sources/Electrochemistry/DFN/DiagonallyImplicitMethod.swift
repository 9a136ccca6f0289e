/// A stiffly accurate, L-stable ESDIRK method with an embedded error estimate: the first stage is
/// the step's start, every other stage is implicit with the same diagonal, the last is the result.
///
/// Law `orderConditions` checks the coefficients up to their order.
package struct DiagonallyImplicitMethod: Sendable {
  /// Stages.
  package let count: Int
  package let gamma: Double
  package let c: [Double]
  /// Row-major lower triangle, `count` x `count`; the last row is b.
  package let a: [Double]
  /// b - b^: weights of the error estimate.
  package let error: [Double]

  /// Order 4 with 3, stage order 2, six stages.
  ///
  /// Source: C. A. Kennedy, M. H. Carpenter, "Additive Runge-Kutta schemes for
  /// convection-diffusion-reaction equations", Appl. Numer. Math. 44 (2003) 139, the implicit
  /// half of ARK4(3)6L[2]SA.
  package static let fourthOrder = DiagonallyImplicitMethod(
    gamma: 0.25, c: [0, 0.5, 83.0 / 250, 31.0 / 50, 17.0 / 20, 1],
    rows: [
      [], [0.25], [8611.0 / 62500, -1743.0 / 31250],
      [5_012_029.0 / 34_652_500, -654_441.0 / 2_922_500, 174_375.0 / 388_108],
      [
        15_267_082_809.0 / 155_376_265_600, -71_443_401.0 / 120_774_400,
        730_878_875.0 / 902_184_768, 2_285_395.0 / 8_070_912,
      ],
      [82889.0 / 524_892, 0, 15625.0 / 83664, 69875.0 / 102_672, -2260.0 / 8211],
    ],
    embedded: [
      4_586_570_599.0 / 29_645_900_160, 0, 178_811_875.0 / 945_068_544,
      814_220_225.0 / 1_159_782_912, -3_700_637.0 / 11_593_932, 61727.0 / 225_920,
    ])

  init(gamma: Double, c: [Double], rows: [[Double]], embedded: [Double]) {
    let count = c.count
    self.count = count
    self.gamma = gamma
    self.c = c
    var a = [Double](repeating: 0, count: count * count)
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() { a[i * count + j] = value }
      if i > 0 { a[i * count + i] = gamma }
    }
    self.a = a
    error = (0..<count).map { a[(count - 1) * count + $0] - embedded[$0] }
  }
}
