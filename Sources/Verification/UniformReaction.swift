import Electrochemistry
import Foundation
import Kernels

/// The salt that a uniform reaction settles into, in closed form through the Kirchhoff transform.
///
/// With the flux N known at every x (no salt is made, so it grows linearly through an electrode)
/// and N = -tau D(c) c', the integral of D over c is a parabola in each electrode, a line in the
/// separator; its one constant follows from the salt's total. See J. Newman, K. E. Thomas-Alyea,
/// Electrochemical Systems, 3rd ed., chapter 22.
struct UniformReaction {
  let cell: CellParameters
  /// (1 - t+) i / F, mol/(m2 s); i positive = charge.
  let supply: Double
  /// Of the potential at the negative collector, mol/(m s).
  private(set) var constant = 0.0

  enum Domain: CaseIterable { case negative, separator, positive }

  /// - Parameter density: A/m2, positive = charge.
  init(_ cell: CellParameters, density: Double) {
    self.cell = cell
    supply =
      (1 - cell.electrolyte.cationTransferenceNumber) * density / PhysicalConstants.faraday
    // Secant on the total.
    let wanted = Self.total(cell) { _, _ in 1 }
    var (a, b) = (
      0.0, -0.5 * supply * cell.separator.thickness / cell.separator.transportEfficiency
    )
    func excess(_ constant: Double) -> Double {
      var trial = self
      trial.constant = constant
      return Self.total(cell) { trial.level($0, $1) } - wanted
    }
    var (fa, fb) = (excess(a), excess(b))
    for _ in 0..<40 where fb != fa && abs(fb) > 1e-15 * wanted {
      (a, b, fa) = (b, b - fb * (b - a) / (fb - fa), fb)
      fb = excess(b)
    }
    constant = b
  }

  /// Sum over the pores of something over c0, m.
  static func total(_ cell: CellParameters, _ f: (Domain, Double) -> Double) -> Double {
    Domain.allCases.reduce(0) { sum, domain in
      let (thickness, porosity, _) = Self.part(cell, domain)
      return sum + thickness * porosity
        * GaussPoints.integral(from: 0, to: 1, panels: 6) { f(domain, $0) }
    }
  }

  /// Thickness, porosity, transport efficiency.
  static func part(_ cell: CellParameters, _ domain: Domain) -> (Double, Double, Double) {
    switch domain {
    case .negative:
      (cell.negative.thickness, cell.negative.porosity, cell.negative.transportEfficiency)
    case .separator:
      (cell.separator.thickness, cell.separator.porosity, cell.separator.transportEfficiency)
    case .positive:
      (cell.positive.thickness, cell.positive.porosity, cell.positive.transportEfficiency)
    }
  }

  /// The integral of D over c from c0, without the constant, per unit of supply, at a fraction of
  /// a domain; electrodes from their collector, the separator from the negative electrode.
  func shape(_ domain: Domain, _ s: Double) -> Double {
    let n = cell.negative.thickness / cell.negative.transportEfficiency
    let m = cell.separator.thickness / cell.separator.transportEfficiency
    let p = cell.positive.thickness / cell.positive.transportEfficiency
    return switch domain {
    case .negative: 0.5 * n * s * s
    case .separator: 0.5 * n + m * s
    case .positive: 0.5 * n + m + 0.5 * p * (1 - s * s)
    }
  }

  /// c / c0 at a fraction of a domain.
  func level(_ domain: Domain, _ s: Double) -> Double {
    level(potential: constant + supply * shape(domain, s))
  }

  /// c / c0 where the integral of D over c from c0 is `potential`.
  func level(potential: Double) -> Double {
    let rest = cell.electrolyte.initialConcentration
    let function = cell.electrolyte.diffusivity
    func diffusivity(_ c: Double) -> Double { function.curve.value(at: c) * function.factor }
    var c = rest
    for _ in 0..<30 {
      let value = GaussPoints.integral(from: rest, to: c, panels: 8, diffusivity)
      let step = (potential - value) / diffusivity(c)
      c += step
      if abs(step) < 1e-13 * rest { break }
    }
    return c / rest
  }

  /// Means of c / c0 over equal cells.
  func means(_ domain: Domain, _ count: Int) -> [Double] {
    GaussPoints.means(count) { level(domain, $0) }
  }
}
