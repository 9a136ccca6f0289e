/// Gauss-Legendre with five points on 0...1: exact for polynomials of degree nine.
enum GaussPoints {
  private static let nodes: [(x: Double, w: Double)] = [
    (0.5 - 0.45308992296933199640, 0.11846344252809454376),
    (0.5 - 0.26923465505284154552, 0.23931433524968323402),
    (0.5, 0.28444444444444444444),
    (0.5 + 0.26923465505284154552, 0.23931433524968323402),
    (0.5 + 0.45308992296933199640, 0.11846344252809454376),
  ]

  /// Integral from `a` to `b` in equal panels.
  static func integral(
    from a: Double, to b: Double, panels: Int = 1, _ f: (Double) -> Double
  ) -> Double {
    let h = (b - a) / Double(panels)
    var sum = 0.0
    for panel in 0..<panels {
      for node in nodes { sum += node.w * f(a + h * (Double(panel) + node.x)) }
    }
    return sum * h
  }

  /// Mean of `f` over each of `count` equal parts of 0...1.
  static func means(_ count: Int, _ f: (Double) -> Double) -> [Double] {
    let h = 1 / Double(count)
    return (0..<count).map { integral(from: Double($0) * h, to: Double($0 + 1) * h, f) / h }
  }
}
