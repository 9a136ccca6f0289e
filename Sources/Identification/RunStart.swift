import Electrochemistry
import Kernels

/// Where both electrodes of a rested cell stand, and how that moves with what is identified.
///
/// The negative stoichiometry is on the file's line, whatever the parameters. The positive one is on the
/// file's line, too; where the lithium inventory is among the parameters it follows from it:
/// S_p x_p = L e^lambda - S_n x_n, with S the present sites and L the file's lithium, both per area.
struct RunStart {
  let negative: Double
  let positive: Double
  /// d(negative, positive) by each parameter, then by the state of charge.
  let slopes: [(negative: Double, positive: Double)]

  init(
    _ cell: CellParameters, reference: CellParameters, stateOfCharge z: Double, lithium: Double,
    parameters: [IdentifiedParameter]
  ) {
    let (n, p) = (reference.negative, reference.positive)
    let window = (
      n.maximumStoichiometry - n.minimumStoichiometry,
      p.maximumStoichiometry - p.minimumStoichiometry
    )
    negative = n.minimumStoichiometry + z * window.0
    guard parameters.contains(.lithiumInventory) else {
      positive = p.maximumStoichiometry - z * window.1
      slopes = parameters.map { _ in (0, 0) } + [(window.0, -window.1)]
      return
    }
    let file = n.sites * n.maximumStoichiometry + p.sites * p.minimumStoichiometry
    let total = file * Double.exponential(lithium)
    let sites = (cell.negative.sites, cell.positive.sites)
    let (x, y) = (negative, (total - sites.0 * negative) / sites.1)
    positive = y
    slopes =
      parameters.map { parameter in
        if parameter == .lithiumInventory { return (0, total / sites.1) }
        guard case .factor(let name) = parameter else { return (0, 0) }
        // Powers of the factor, exactly.
        let h = 1e-2
        let moved = cell.scaled([name: Double.exponential(h)])
        let powers = (
          Double.logarithm(moved.negative.sites / sites.0) / h,
          Double.logarithm(moved.positive.sites / sites.1) / h
        )
        return (0, -powers.0 * sites.0 * x / sites.1 - powers.1 * y)
      } + [(window.0, -sites.0 * window.0 / sites.1)]
  }

  /// What a model is to be differentiated by for these parameters.
  static func directions(_ parameters: [IdentifiedParameter]) -> [SensitivityDirection] {
    parameters.compactMap { parameter in
      if case .factor(let name) = parameter { .parameter(name) } else { nil }
    } + [.negativeStoichiometry, .positiveStoichiometry]
  }

  /// Slopes by `directions` to slopes by parameters and state of charge, row by row.
  func combine(
    _ from: [Double], _ parameters: [IdentifiedParameter], into slopes: inout [Double]
  ) {
    let width = parameters.count + 1
    let factors = Self.directions(parameters).count - 2
    let own = factors + 2
    for row in 0..<(slopes.count / width) {
      let (negative, positive) = (from[row * own + factors], from[row * own + factors + 1])
      var next = 0
      for k in 0..<width {
        let start = self.slopes[k]
        var slope = start.negative * negative + start.positive * positive
        if k < parameters.count, case .factor = parameters[k] {
          slope += from[row * own + next]
          next += 1
        }
        slopes[row * width + k] = slope
      }
    }
  }
}
