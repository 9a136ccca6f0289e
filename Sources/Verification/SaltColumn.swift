import Electrochemistry
import Foundation
import Kernels

/// The salt of a DFN alone, under a reaction that is spread evenly.
struct SaltColumn {
  let solver: DFNSolver
  let current: Double
  private let cell: CellParameters
  private let counts: (negative: Int, separator: Int, positive: Int)

  init(_ solver: DFNSolver, of cell: CellParameters, current: Double) {
    self.solver = solver
    self.cell = cell
    self.current = current
    let levels = solver.saltLevels
    counts = (levels.negative.count, levels.separator.count, levels.positive.count)
  }

  /// In one row from the negative to the positive collector.
  private func row(_ p: DFNSolver.Profile) -> [Double] {
    p.negative + p.separator + p.positive.reversed()
  }

  private func profile(_ row: [Double]) -> DFNSolver.Profile {
    let second = counts.negative + counts.separator
    return DFNSolver.Profile(
      negative: Array(row[..<counts.negative]), separator: Array(row[counts.negative..<second]),
      positive: row[second...].reversed())
  }

  private func rates(_ c: [Double], _ current: Double) -> [Double] {
    solver.saltLevels = profile(c)
    return row(solver.ratesUnderUniformReaction(current: current).salt)
  }

  /// To where all rates vanish.
  func settle() {
    var c = row(solver.saltLevels)
    let n = c.count
    let inertia = 1e-4
    for _ in 0..<200 {
      let f = rates(c, current)
      var (lower, middle, upper) = (
        [Double](repeating: 0, count: n), [Double](repeating: 0, count: n),
        [Double](repeating: 0, count: n)
      )
      let h = 1e-7
      for colour in 0..<3 {
        var moved = c
        for j in stride(from: colour, to: n, by: 3) { moved[j] += h }
        let g = rates(moved, current)
        for j in stride(from: colour, to: n, by: 3) {
          middle[j] = (g[j] - f[j]) / h
          if j > 0 { upper[j - 1] = (g[j - 1] - f[j - 1]) / h }
          if j < n - 1 { lower[j + 1] = (g[j + 1] - f[j + 1]) / h }
        }
      }
      var (pivot, side) = (middle.map { inertia - $0 }, f)
      for j in 1..<n {
        let ratio = lower[j] / pivot[j - 1]
        pivot[j] -= ratio * upper[j - 1]
        side[j] += ratio * side[j - 1]
      }
      var largest = 0.0
      for j in stride(from: n - 1, through: 0, by: -1) {
        let next = j < n - 1 ? side[j + 1] : 0
        side[j] = (side[j] + (j < n - 1 ? upper[j] * next : 0)) / pivot[j]
        c[j] += side[j]
        largest = max(largest, abs(side[j]))
      }
      if largest < 1e-11 { break }
    }
    solver.saltLevels = profile(c)
  }

  /// By the classical Runge-Kutta method, near its stability limit.
  ///
  /// - Parameters:
  ///   - amplitude: of the current, as a part of `current`, at a time, s.
  ///   - growth: its derivative, 1/s.
  ///   - shape: of the integral of D over c at amplitude 1, mol/(m s), by cell.
  func integrate(
    until end: Double, amplitude: (Double) -> Double, growth: (Double) -> Double,
    shape: DFNSolver.Profile
  ) {
    let function = cell.electrolyte.diffusivity
    let rest = cell.electrolyte.initialConcentration
    let sources = row(shape)
    func slope(_ c: [Double], _ t: Double) -> [Double] {
      var f = rates(c, current * amplitude(t))
      let growth = growth(t) / rest
      for j in f.indices {
        f[j] += growth * sources[j] / (function.factor * function.curve.value(at: rest * c[j]))
      }
      return f
    }
    let steps = Int((end / stableStep).rounded(.up))
    let h = end / Double(steps)
    var c = row(solver.saltLevels)
    func added(_ k: [Double], _ w: Double) -> [Double] { zip(c, k).map { $0 + w * $1 } }
    for step in 0..<steps {
      let t = Double(step) * h
      let k1 = slope(c, t)
      let k2 = slope(added(k1, 0.5 * h), t + 0.5 * h)
      let k3 = slope(added(k2, 0.5 * h), t + 0.5 * h)
      let k4 = slope(added(k3, h), t + h)
      for j in c.indices { c[j] += h / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]) }
    }
    solver.saltLevels = profile(c)
  }

  /// s.
  private var stableStep: Double {
    let function = cell.electrolyte.diffusivity
    let fastest =
      (0...20).map { function.curve.value(at: 2000 * Double($0) / 20) }.max() ?? 1e-9
    func step(_ domain: UniformReaction.Domain, _ count: Int) -> Double {
      let (thickness, porosity, efficiency) = UniformReaction.part(cell, domain)
      let h = thickness / Double(count)
      return 0.5 * h * h * porosity / (efficiency * fastest * function.factor)
    }
    return min(
      step(.negative, counts.negative), step(.separator, counts.separator),
      step(.positive, counts.positive))
  }
}
