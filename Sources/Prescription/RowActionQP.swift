// Ranked goals: 1. bounded work; 2. the solution of a small convex problem; 3. short. C. Hildreth, Naval Res.
// Logist. Quart. 4 (1957) 79: coordinate ascent on the dual. Oracle: problems solved by hand and the optimality
// conditions (Tests/DigitalTwinTests).

/// min g . d + sum of rho_j d_j^2 / 2 with A d >= b, by Hildreth's row action.
package struct RowActionQP {
  /// n values.
  package var gradient: [Double]
  /// Curvatures rho, n values above 0.
  package var curvatures: [Double]
  /// Rows of n values each.
  private(set) var rows: [Double] = []
  private(set) var bounds: [Double] = []
  /// Sweeps at most.
  static let sweeps = 400

  package init(gradient: [Double], curvatures: [Double]) {
    self.gradient = gradient
    self.curvatures = curvatures
  }

  /// Adds a . d >= bound.
  package mutating func require(_ row: ArraySlice<Double>, atLeast bound: Double) {
    rows += row
    bounds.append(bound)
  }

  /// The minimiser, to 1e-9 or to `sweeps`.
  package func solve() -> [Double] {
    let n = gradient.count
    var d = (0..<n).map { -gradient[$0] / curvatures[$0] }
    var multipliers = Array(repeating: 0.0, count: bounds.count)
    let norms = bounds.indices.map { i in
      (0..<n).reduce(0) { $0 + rows[i * n + $1] * rows[i * n + $1] / curvatures[$1] }
    }
    for _ in 0..<Self.sweeps {
      var moved = 0.0
      for i in bounds.indices where norms[i] > 1e-30 {
        let reached = (0..<n).reduce(0) { $0 + rows[i * n + $1] * d[$1] }
        let next = max(0, multipliers[i] + (bounds[i] - reached) / norms[i])
        let change = next - multipliers[i]
        guard change != 0 else { continue }
        multipliers[i] = next
        for k in 0..<n {
          let step = change * rows[i * n + k] / curvatures[k]
          d[k] += step
          moved = max(moved, abs(step))
        }
      }
      if moved < 1e-9 { break }
    }
    return d
  }
}
