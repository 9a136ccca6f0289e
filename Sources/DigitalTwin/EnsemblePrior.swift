import Electrochemistry
import Estimation
import Kernels

/// What is uncertain of a rested cell before a prediction, to be drawn from.
struct EnsemblePrior {
  let cell: CellParameters
  let configuration: EstimatorConfiguration
  let temperature: Double
  let ambient: Double

  /// - Parameters:
  ///   - temperature: of the cell, K.
  ///   - ambient: K.
  init(
    _ cell: CellParameters, _ configuration: EstimatorConfiguration, temperature: Double,
    ambient: Double
  ) {
    self.cell = cell
    self.configuration = configuration
    self.temperature = temperature
    self.ambient = ambient
  }

  /// Quantities drawn beside the cell's constants.
  private static let others = 8

  /// Cells drawn in strata: of `count` draws each quantity has one in each interval of equal probability.
  func draws(_ count: Int, seed: UInt64) -> [EnsembleDraw] {
    let c = configuration
    let belief = c.constants ?? ConstantsBelief.none
    let known = belief.constants.count
    // A parameter that is tracked, and that the belief lacks, is drawn on its own.
    let own = c.parameters.filter { belief[.logFactor($0.name)] == nil }
    let columns = Self.strata(
      count, quantities: Self.others + known + own.count + 4, seed: seed)
    let directions = belief.columns
    let model = SPMe(cell, mesh: c.mesh, thermal: .isothermal)
    return (0..<count).map { index in
      let z = columns.map { $0[index] }
      var values: [CellConstant: Double] = [:]
      for (row, constant) in belief.constants.enumerated() {
        var value = belief.mean[row]
        for (place, direction) in directions.enumerated() {
          value += direction[row] * z[Self.others + place]
        }
        values[constant] = value
      }
      let rest = Self.others + known
      for (place, parameter) in own.enumerated() {
        let away = c.activationSD(of: parameter.name, cell, at: temperature)
        let sd = (parameter.logSD * parameter.logSD + away * away).squareRoot()
        values[.logFactor(parameter.name)] = sd * z[rest + place]
      }
      let last = rest + own.count
      for (place, (constant, sd)) in [
        (CellConstant.contactResistance, c.contactResistanceSD),
        (.negativeOffset, c.negativeOffsetSD), (.positiveOffset, c.positiveOffsetSD),
      ].enumerated() where values[constant] == nil { values[constant] = sd * z[last + place] }
      let charge = c.stateOfCharge + c.stateOfChargeSD * z[0]
      let (negative, line) = model.stoichiometries(stateOfCharge: charge)
      let positive =
        values[.logLithiumInventory] == nil
        ? line + c.balanceSD * z[last + 3]
        : CellBalance(cell) { values[$0] ?? 0 }.positiveStoichiometry(negative)
      return EnsembleDraw(
        cell: cell, mesh: c.mesh, values: values, negative: negative, positive: positive,
        temperature: temperature + c.temperatureSD * z[1],
        ambient: ambient - c.ambientOffsetSD * z[2], shuntOffset: c.currentOffsetSD * z[3],
        shuntScale: 1 + c.currentScaleSD * z[4], discrepancy: c.discrepancySD * z[5],
        separatorError: c.separatorDiscrepancySD * z[6])
    }
  }

  /// Standard normal numbers, one column a quantity, each column one number from every stratum in an order
  /// of its own.
  private static func strata(_ count: Int, quantities: Int, seed: UInt64) -> [[Double]] {
    (0..<quantities).map { quantity in
      var random = RandomStream(seed: seed, stream: UInt64(quantity))
      var column = (0..<count).map { stratum in
        normalQuantile((Double(stratum) + random.uniform()) / Double(count))
      }
      column.shuffle(using: &random)
      return column
    }
  }

  /// Inverse of the normal distribution function, by halving; to 1e-12.
  static func normalQuantile(_ p: Double) -> Double {
    var (low, high) = (-9.0, 9.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if Normal(0, sd: 1).cumulative(middle) < p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
