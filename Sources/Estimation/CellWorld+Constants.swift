import Electrochemistry
import Kernels

// The lithium inventory is no entry of the state: it follows from stoichiometries and active fractions.
// Into the prior it enters as the positive stoichiometry that goes with a negative one; out of the posterior
// it is read by the chain rule. Oracle: what goes in at rest comes out again, also after a current
// (Tests/EstimationTests).
extension CellWorld {
  /// Where a constant stands in the state; nil for the inventory and for what is not tracked.
  private func place(of constant: CellConstant) -> Int? {
    switch constant {
    case .logFactor(let name):
      configuration.parameters.firstIndex { $0.name == name }.map {
        layout.parameters.lowerBound + $0
      }
    case .logLithiumInventory: nil
    case .contactResistance: layout.resistance
    case .negativeOffset: layout.negativeOffset
    case .positiveOffset: layout.positiveOffset
    }
  }

  /// Puts what an earlier record left into the prior of a rested cell.
  ///
  /// - Parameters:
  ///   - negative: stoichiometry.
  ///   - temperature: K.
  func impose(
    _ belief: ConstantsBelief, negative: Double, temperature: Double, stateOfChargeSD: Double,
    mean: inout [Double], covariance: inout [Double]
  ) {
    let (n, k) = (layout.count, belief.constants.count)
    var jacobian = Array(repeating: 0.0, count: n * k)
    for (column, constant) in belief.constants.enumerated() {
      guard let row = place(of: constant) else { continue }
      mean[row] = belief.mean[column]
      jacobian[row * k + column] = 1
      for j in 0..<n {
        covariance[row * n + j] = 0
        covariance[j * n + row] = 0
      }
    }
    if belief.constants.contains(.logLithiumInventory) {
      let balance = CellBalance(cell) { belief.meanOrZero($0) }
      let positive = balance.positiveStoichiometry(negative)
      let ratio = balance.sites.negative / balance.sites.positive
      let rested = rest(negative: negative, positive: positive, temperature: temperature)
      let shift = balanceDirection
      for (column, constant) in belief.constants.enumerated() {
        let slope: Double =
          switch constant {
          case .logLithiumInventory: balance.lithium / balance.sites.positive
          case .logFactor(.negativeActiveFraction): -ratio * negative
          case .logFactor(.positiveActiveFraction): -positive
          default: 0
          }
        for i in layout.physical { jacobian[i * k + column] = slope * shift[i] }
      }
      // The line between the cell's limits is the file's: charge moves both electrodes of this cell.
      let window = cell.negative.maximumStoichiometry - cell.negative.minimumStoichiometry
      let lift = negativeDirection
      let charge = layout.physical.map { window * (lift[$0] - ratio * shift[$0]) }
      let warm = covariance[layout.temperature * n + layout.temperature]
      for i in layout.physical {
        mean[i] = rested[i]
        for j in layout.physical {
          covariance[i * n + j] = stateOfChargeSD * stateOfChargeSD * charge[i] * charge[j]
        }
      }
      covariance[layout.temperature * n + layout.temperature] += warm
    }
    add(belief.covariance, through: jacobian, to: &covariance)
    // They were found at other temperatures.
    for case .logFactor(let name) in belief.constants {
      guard let row = place(of: .logFactor(name)) else { continue }
      let away = configuration.activationSD(of: name, cell, at: temperature)
      covariance[row * n + row] += away * away
    }
  }

  /// Adds J C J^T; C is square, J has its size of columns.
  private func add(_ inner: [Double], through jacobian: [Double], to covariance: inout [Double]) {
    let n = layout.count
    let k = jacobian.count / n
    let rows = (0..<n).filter { row in (0..<k).contains { jacobian[row * k + $0] != 0 } }
    for i in rows {
      let left = (0..<k).map { b in
        (0..<k).reduce(0) { $0 + jacobian[i * k + $1] * inner[$1 * k + b] }
      }
      for j in rows {
        covariance[i * n + j] += (0..<k).reduce(0) { $0 + left[$1] * jacobian[j * k + $1] }
      }
    }
  }

  /// Change of the rested state per unit of the negative electrode's stoichiometry.
  private var negativeDirection: [Double] {
    zip(
      rest(negative: 0.25, positive: 0.5, temperature: 298.15),
      rest(negative: 0.75, positive: 0.5, temperature: 298.15)
    ).map { 2 * ($1 - $0) }
  }

  /// What a state says of all constants that it holds.
  func constants(mean: [Double], covariance: [Double]) -> ConstantsBelief {
    let n = layout.count
    let constants: [CellConstant] =
      configuration.parameters.map { .logFactor($0.name) } + [
        .logLithiumInventory, .contactResistance, .negativeOffset, .positiveOffset,
      ]
    let k = constants.count
    var means = Array(repeating: 0.0, count: k)
    var rows: [[Double]] = []
    for (number, constant) in constants.enumerated() {
      var row = Array(repeating: 0.0, count: n)
      if let place = place(of: constant) {
        means[number] = mean[place]
        row[place] = 1
      } else {
        means[number] = inventory(mean, slopes: &row)
      }
      rows.append(row)
    }
    var result = Array(repeating: 0.0, count: k * k)
    for a in 0..<k {
      let left = (0..<n).map { j in
        rows[a].indices.reduce(0) {
          rows[a][$1] == 0 ? $0 : $0 + rows[a][$1] * covariance[$1 * n + j]
        }
      }
      for b in 0...a {
        let sum = zip(left, rows[b]).reduce(0) { $0 + $1.0 * $1.1 }
        result[a * k + b] = sum
        result[b * k + a] = sum
      }
    }
    return ConstantsBelief(unchecked: constants, mean: means, covariance: result)
  }

  /// ln of the lithium in both electrodes relative to the file's, and its slopes in the state.
  private func inventory(_ state: [Double], slopes: inout [Double]) -> Double {
    let places = (
      negative: place(of: .logFactor(.negativeActiveFraction)),
      positive: place(of: .logFactor(.positiveActiveFraction))
    )
    let sites = (
      negative: cell.negative.sites * Double.exponential(places.negative.map { state[$0] } ?? 0),
      positive: cell.positive.sites * Double.exponential(places.positive.map { state[$0] } ?? 0)
    )
    let held = meanStoichiometries(state)
    let total = sites.negative * held.negative + sites.positive * held.positive
    if let place = places.negative { slopes[place] = sites.negative * held.negative / total }
    if let place = places.positive { slopes[place] = sites.positive * held.positive / total }
    // Linear, so that a difference is the slope.
    var moved = state
    let rise = 1e-3
    for i in layout.physical where i != layout.temperature {
      moved[i] += rise
      let then = meanStoichiometries(moved)
      moved[i] = state[i]
      slopes[i] =
        (sites.negative * (then.negative - held.negative)
          + sites.positive * (then.positive - held.positive)) / (rise * total)
    }
    return Double.logarithm(total / CellBalance.fileLithium(cell))
  }
}
