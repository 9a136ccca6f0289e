import Electrochemistry

extension ParticleFilter: CellStateFilter where Model == AugmentedSPMe {
  init(
    _ world: AugmentedSPMe, mean: [Double], covariance: [Double]
  ) throws(EstimationError) {
    // The charge is linear in the state.
    var slopes = Array(repeating: 0.0, count: world.layout.count)
    let charge = world.stateOfCharge(mean)
    for index in world.layout.physical where index != world.layout.temperature {
      var other = mean
      other[index] += 1e-2
      slopes[index] = (world.stateOfCharge(other) - charge) / 1e-2
      // What rounding makes is none.
      if abs(slopes[index]) < 1e-9 { slopes[index] = 0 }
    }
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
