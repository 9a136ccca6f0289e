// Goals, in order: 1. the sd carries the whole covariance of the constants, correlations with it;
// 2. no random numbers: the same belief gives the same figures. Oracle: a cell whose constants are known
// exactly has the figures of a simulation (Tests/DigitalTwinTests).

public import Electrochemistry
public import Estimation
import Kernels
import Quantities

/// State of health of one cell, by what is believed of its constants.
///
/// Losses are relative to the cell file, positive when something is lost. Each figure is a function of the
/// constants; its mean and sd are taken from points at the mean and 3^(1/2) standard deviations along the
/// columns of the covariance's factor (second-order Stirling interpolation, as the unscented filter's).
public struct CellHealth: Sendable, Hashable {
  /// Charge between the file's voltage limits, rested, at 25 degC, A h.
  public var capacity: Normal
  /// Of a 10 s discharge pulse of 1C from rest at half of that charge at 25 degC, Ohm.
  public var resistance: Normal
  /// Loss of lithium inventory: 1 - cyclable lithium / the file's.
  public var lithiumLoss: Normal
  /// Loss of active material of the negative electrode: 1 - active fraction.
  public var negativeLoss: Normal
  /// Loss of active material of the positive electrode.
  public var positiveLoss: Normal

  /// Figures in the order in which they are computed, and what they are called.
  public static let names = [
    "capacity_ah", "resistance_ohm", "loss_of_lithium_inventory",
    "negative_electrode.loss_of_active_material", "positive_electrode.loss_of_active_material",
  ]

  /// The same in the order of `names`.
  public var figures: [Normal] {
    [capacity, resistance, lithiumLoss, negativeLoss, positiveLoss]
  }

  /// Pulse of the resistance, s.
  public static let pulse = 10.0

  /// The health of `cell` by `belief`; constants that it lacks are as in the file.
  ///
  /// - Parameter mesh: of the model that the pulse is run on.
  /// - Throws: where the model cannot be evaluated at the belief's mean.
  public init(
    _ cell: CellParameters, _ belief: ConstantsBelief, mesh: SPMe.MeshName = .coarse
  ) throws(ModelError) {
    let centre = try Self.figures(cell, belief.constants, belief.mean, mesh)
    var means = centre
    var variances = Array(repeating: 0.0, count: centre.count)
    for direction in belief.columns {
      // A point outside the model's range is drawn nearer instead.
      var spread = 3.0.squareRoot()
      var pair: (up: [Double], down: [Double])?
      while pair == nil {
        func point(_ sign: Double) throws(ModelError) -> [Double] {
          let values = zip(belief.mean, direction).map { $0 + sign * spread * $1 }
          return try Self.figures(cell, belief.constants, values, mesh)
        }
        do {
          pair = (try point(1), try point(-1))
        } catch {
          spread *= 0.5
          guard spread > 0.01 else { throw error }
        }
      }
      guard let pair else { continue }
      for index in centre.indices {
        let slope = (pair.up[index] - pair.down[index]) / (2 * spread)
        let curvature = (pair.up[index] - 2 * centre[index] + pair.down[index]) / (spread * spread)
        means[index] += 0.5 * curvature
        variances[index] += slope * slope + 0.5 * curvature * curvature
      }
    }
    let normals = zip(means, variances).map { Normal($0, sd: $1.squareRoot()) }
    capacity = normals[0]
    resistance = normals[1]
    lithiumLoss = normals[2]
    negativeLoss = normals[3]
    positiveLoss = normals[4]
  }

  /// The figures of a cell whose constants are these, in the order of `names`.
  private static func figures(
    _ cell: CellParameters, _ constants: [CellConstant], _ values: [Double], _ mesh: SPMe.MeshName
  ) throws(ModelError) -> [Double] {
    func value(_ constant: CellConstant) -> Double {
      constants.firstIndex(of: constant).map { values[$0] } ?? 0
    }
    let balance = CellBalance(cell, value: value)
    func loss(_ constant: CellConstant) -> Double { 1 - Double.exponential(value(constant)) }
    return [
      balance.capacity, try pulseResistance(cell, constants, values, balance, mesh),
      loss(.logLithiumInventory), loss(.logFactor(.negativeActiveFraction)),
      loss(.logFactor(.positiveActiveFraction)),
    ]
  }

  private static func pulseResistance(
    _ cell: CellParameters, _ constants: [CellConstant], _ values: [Double],
    _ balance: CellBalance, _ mesh: SPMe.MeshName
  ) throws(ModelError) -> Double {
    var factors: [ParameterName: Double] = [:]
    var extra = 0.0
    for (constant, value) in zip(constants, values) {
      if case .logFactor(let name) = constant { factors[name] = Double.exponential(value) }
      if constant == .contactResistance { extra = value }
    }
    let model = SPMe(cell.scaled(factors), mesh: mesh, thermal: .isothermal)
    let (empty, full) = balance.window
    let negative = 0.5 * (empty + full)
    var state = model.rest(
      negativeStoichiometry: negative,
      positiveStoichiometry: balance.positiveStoichiometry(negative),
      temperature: CellBalance.temperature)
    let ambient = CellBalance.temperature
    let rested = try model.outputs(state, current: 0, ambient: ambient).voltage
    let current = -cell.nominalCapacity.value
    try model.step(
      &state, current: current, ambient: ambient, duration: pulse,
      workspace: model.makeWorkspace())
    let loaded = try model.outputs(state, current: current, ambient: ambient).voltage
    return (loaded - rested) / current + extra
  }
}
