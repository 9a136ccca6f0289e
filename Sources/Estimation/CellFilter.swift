public import Electrochemistry
import Kernels

/// A cell's filter: SPMe with lumped heat, its parameters, sensor offsets and what the model cannot
/// explain, all under one covariance. A value: a copy goes on alone (use copies from one thread).
public struct CellFilter {
  /// What it was made with.
  public let configuration: EstimatorConfiguration
  /// The cell as the file has it.
  public let cell: CellParameters
  /// How many thermometers it reads.
  public let thermometerCount: Int
  /// Restarts so far.
  public internal(set) var restarts = 0
  /// Time of the belief, s; nil before the first sample.
  public internal(set) var time: Double?

  let world: AugmentedSPMe
  var filter: any CellStateFilter
  var monitor = DivergenceMonitor()
  var steadyCurrent = SteadyCurrent()
  var failures = 0
  var restartPending = false
  var readings: [ChannelReading]
  var outcomes: [ChannelOutcome]

  /// A filter of a rested cell.
  /// - Parameters:
  ///   - temperature: of the cell, K.
  ///   - thermometers: how many surface thermometers will be read, 0 to 4.
  public init(
    cell: CellParameters, configuration: EstimatorConfiguration, temperature: Double,
    thermometers: Int
  ) throws(EstimationError) {
    guard (0...Assimilation.thermometerCapacity).contains(thermometers) else {
      throw EstimationError(
        .input, "thermometers: \(thermometers), allowed 0 to \(Assimilation.thermometerCapacity)")
    }
    guard configuration.stateOfCharge.isFinite, configuration.stateOfChargeSD > 0 else {
      throw EstimationError(
        .input,
        "state of charge \(configuration.stateOfCharge), sd \(configuration.stateOfChargeSD): "
          + "must be finite, sd above 0")
    }
    self.configuration = configuration
    self.cell = cell
    thermometerCount = thermometers
    world = AugmentedSPMe(cell: cell, configuration: configuration, thermometers: thermometers)
    let prior = world.prior(
      stateOfCharge: configuration.stateOfCharge, stateOfChargeSD: configuration.stateOfChargeSD,
      temperature: temperature)
    switch configuration.filter {
    case .extended:
      filter = try ExtendedKalmanFilter(world, mean: prior.mean, covariance: prior.covariance)
    case .unscented:
      filter = try UnscentedKalmanFilter(
        SPMeEnsemble(world), mean: prior.mean, covariance: prior.covariance)
    case .particle:
      let members = ParticleFilter<SPMeEnsemble>.members(configuration.particles, 1)
      filter = try ParticleFilter(
        SPMeEnsemble(world, members: members), settings: configuration.particles,
        mean: prior.mean, covariance: prior.covariance)
    }
    readings = Array(
      repeating: ChannelReading(output: 0, value: .nan, variance: 1), count: thermometers + 1)
    outcomes = Array(repeating: ChannelOutcome(), count: thermometers + 1)
  }

  /// Factor on a tracked parameter: its median, and the sd of its logarithm; nil when not tracked.
  public func factor(of name: ParameterName) -> (median: Double, logSD: Double)? {
    guard let place = configuration.parameters.firstIndex(where: { $0.name == name }) else {
      return nil
    }
    let index = world.layout.parameters.lowerBound + place
    return (Double.exponential(filter.mean[index]), filter.sd(index))
  }

  /// Series resistance on top of the cell file's, Ohm.
  public var contactResistance: Normal { entry(world.layout.resistance) }
  /// Offset of the negative electrode's open-circuit potential, V.
  public var negativeOffset: Normal { entry(world.layout.negativeOffset) }
  /// Offset of the positive electrode's open-circuit potential, V.
  public var positiveOffset: Normal { entry(world.layout.positiveOffset) }
  /// Offset of the shunt, A.
  public var currentOffset: Normal { entry(world.layout.currentOffset) }

  func entry(_ index: Int) -> Normal { Normal(filter.mean[index], sd: filter.sd(index)) }
}
