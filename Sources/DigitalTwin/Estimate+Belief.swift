import Estimation
import Quantities
import Records

extension Estimated {
  /// The same two moments.
  init(_ normal: Normal) { self.init(normal.mean, sd: normal.sd) }
}

extension Estimate {
  /// A belief as a row; voltage without sensor noise, no innovation.
  init(_ belief: CellBelief, scan: Int, time: Double) {
    self.init(scan: scan, time: Seconds(time))
    predictedVoltage = Estimated(belief.voltage)
    stateOfCharge = Estimated(belief.stateOfCharge)
    temperature = Estimated(belief.temperature.mean - 273.15, sd: belief.temperature.sd)
    negativePotentialAtSeparator = Estimated(belief.negativePotentialAtSeparator)
    negativeSurfaceStoichiometry = Estimated(belief.negativeSurfaceStoichiometry)
    positiveSurfaceStoichiometry = Estimated(belief.positiveSurfaceStoichiometry)
    discrepancy = Estimated(belief.discrepancy)
    openCircuitVoltage = belief.openCircuitVoltage
  }

  /// What one assimilation left; voltage is the prediction before the update, sensor noise included.
  init(_ assimilation: Assimilation, scan: Int, time: Double) {
    self.init(assimilation.belief, scan: scan, time: time)
    predictedVoltage = Estimated(assimilation.predictedVoltage)
    voltageInnovation = assimilation.voltage.innovation
    normalisedInnovationSquared = assimilation.normalisedInnovationSquared
    assimilatedChannels = assimilation.assimilatedChannels
  }
}
