public import Electrochemistry
public import Estimation

/// How a cell's constants move between records: independent random walks.
///
/// The sd per root cycle is about what 0.2 % of a cell's life does at most (a cell that loses 20 % in 100
/// cycles), so that a step of 1 % is followed within a few cycles; calendar ageing is taken as half of that
/// a day. Kinetics and diffusion move faster: they stand for temperature, too.
public enum AgeingWalk {
  /// sd after one day and after one equivalent full cycle, in the constant's unit.
  public static func step(_ constant: CellConstant) -> (perRootDay: Double, perRootCycle: Double) {
    switch constant {
    case .logFactor(.negativeActiveFraction), .logFactor(.positiveActiveFraction),
      .logLithiumInventory:
      (1e-3, 2e-3)
    case .logFactor: (1e-2, 2e-2)
    case .contactResistance: (1e-4, 2e-4)
    case .negativeOffset, .positiveOffset: (1e-4, 2e-4)
    }
  }

  /// What is believed after `days` and `cycles` more; both 0 or more.
  public static func after(
    _ belief: ConstantsBelief, days: Double, cycles: Double
  ) -> ConstantsBelief {
    belief.widened { constant in
      let step = step(constant)
      return
        (step.perRootDay * step.perRootDay * days
        + step.perRootCycle * step.perRootCycle * cycles).squareRoot()
    }
  }
}

extension EstimatorConfiguration {
  /// Active fractions and lithium inventory of a cell that was never tracked, sd of their logarithms.
  public static let balancePriorSD = 0.05

  /// Tracks resistance, inventory and both active fractions, too, from record to record.
  ///
  /// - Parameters:
  ///   - extra: more parameters to track.
  ///   - belief: what the record before left, widened; nil for a cell's first record.
  public func trackingHealth(
    extra: [ParameterName] = [], from belief: ConstantsBelief? = nil
  ) -> EstimatorConfiguration {
    var copy = self
    // A coarse mesh is off by 1 to 2 % of the resistance in the first seconds of a pulse, three of its sd.
    if model == .spme, mesh == .coarse { copy.mesh = .medium }
    let slow: [ParameterName] = [.negativeActiveFraction, .positiveActiveFraction]
    for name in slow + extra where !copy.parameters.contains(where: { $0.name == name }) {
      let isSlow = slow.contains(name)
      copy.parameters.append(
        TrackedParameter(
          name, logSD: isSlow ? Self.balancePriorSD : 0.1,
          driftPerRootHour: isSlow ? 1e-5 : 0.002))
    }
    let priors: [(CellConstant, Normal)] =
      copy.parameters.map { (.logFactor($0.name), Normal(0, sd: $0.logSD)) } + [
        (.logLithiumInventory, Normal(0, sd: Self.balancePriorSD)),
        (.contactResistance, Normal(0, sd: copy.contactResistanceSD)),
        (.negativeOffset, Normal(0, sd: copy.negativeOffsetSD)),
        (.positiveOffset, Normal(0, sd: copy.positiveOffsetSD)),
      ]
    copy.constants = (belief ?? ConstantsBelief.none).restated(priors)
    return copy
  }
}

extension EstimatorConfiguration {
  /// State of charge, on the file's scale, of a rested cell of this voltage, V, by the constants believed.
  public func startOfCharge(
    _ cell: CellParameters, restedVoltage: Double, celsius: Double
  ) -> Double {
    let balance = CellBalance(cell) {
      constants?[$0]?.mean ?? 0
    }
    let negative = balance.negativeStoichiometry(
      voltage: restedVoltage, temperature: celsius + 273.15)
    let window = cell.negative
    return (negative - window.minimumStoichiometry)
      / (window.maximumStoichiometry - window.minimumStoichiometry)
  }
}
