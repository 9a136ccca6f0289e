import Electrochemistry

extension ParticleFilter: CellStateFilter where Model == AugmentedSPMe {
  init(
    _ world: AugmentedSPMe, mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    let slopes = world.chargeSlopes + Array(repeating: 0, count: world.layout.ownCount)
    try self.init(
      world, settings: world.configuration.particles,
      axis: Axis(
        slopes: slopes, output: FilteredOutput.stateOfCharge.rawValue,
        voltmeter: FilteredOutput.voltage.rawValue), mean: mean, covariance: covariance)
  }

  func noiseVariance(of index: Int) -> Double { engine.model.noiseVariance(of: index) }

  func complete(_ belief: inout CellBelief) {
    belief.stateOfChargeBand = Band(low: quantile(0.05), high: quantile(0.95))
    belief.stuckVoltageProbability = stuckProbability
  }
}
