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

  var world: any CellWorld
  var filter: any CellStateFilter
  /// What was found wrong with the sensors so far, in order.
  public internal(set) var faults: [SensorFault] = []

  /// Whether the ambient sensor has been named already.
  var ambientDisagrees = false
  var monitor = DivergenceMonitor()
  var channelMonitors: [ChannelMonitor]
  var skew = CurrentSkew()
  var steadyCurrent = SteadyCurrent()
  var failures = 0
  /// Rested restarts without a success between them.
  var restsInARow = 0
  var restartPending = false
  var readings: [ChannelReading]
  var outcomes: [ChannelOutcome]
  /// Since when no voltage was within the gate, s.
  var gatedSince = Double.infinity
  /// Of a voltage that is taken in once more.
  var bentReadings: [ChannelReading]
  var bentOutcomes: [ChannelOutcome]

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
    (world, filter) = try Self.make(cell, configuration, temperature, thermometers)
    readings = Array(
      repeating: ChannelReading(output: 0, value: .nan, variance: 1), count: thermometers + 2)
    outcomes = Array(repeating: ChannelOutcome(), count: thermometers + 2)
    (bentReadings, bentOutcomes) = (readings, outcomes)
    channelMonitors = Array(
      repeating: ChannelMonitor(limit: configuration.faultLimit), count: thermometers + 2)
    faults.reserveCapacity(16)
  }

  /// The channel of a reference electrode, behind the thermometers'.
  var referenceChannel: Int { thermometerCount + 1 }

  private static func make(
    _ cell: CellParameters, _ configuration: EstimatorConfiguration, _ temperature: Double,
    _ thermometers: Int
  ) throws(EstimationError) -> (any CellWorld, any CellStateFilter) {
    func prior(_ world: any CellWorld) -> (mean: [Double], covariance: [Double]) {
      world.prior(
        stateOfCharge: configuration.stateOfCharge,
        stateOfChargeSD: configuration.stateOfChargeSD, temperature: temperature)
    }
    switch (configuration.model, configuration.filter) {
    case (.spme, .extended):
      let world = AugmentedSPMe(
        cell: cell, configuration: configuration, thermometers: thermometers)
      let (mean, covariance) = prior(world)
      return (world, try ExtendedKalmanFilter(world, mean: mean, covariance: covariance))
    case (.spme, .unscented):
      let world = AugmentedSPMe(
        cell: cell, configuration: configuration, thermometers: thermometers)
      let (mean, covariance) = prior(world)
      let ensemble = CellEnsemble(world) { count in
        SPMeLanes(world.model, count: count, parameters: configuration.parameters.map(\.name))
      }
      return (world, try UnscentedKalmanFilter(ensemble, mean: mean, covariance: covariance))
    case (.dfn, .unscented):
      let world = AugmentedDFN(
        cell: cell, configuration: configuration, thermometers: thermometers)
      let (mean, covariance) = prior(world)
      let ensemble = CellEnsemble(world) { _ in world.members }
      return (world, try UnscentedKalmanFilter(ensemble, mean: mean, covariance: covariance))
    case (.spme, .particle):
      let world = AugmentedSPMe(
        cell: cell, configuration: configuration, thermometers: thermometers)
      let (mean, covariance) = prior(world)
      return (world, try ParticleFilter(world, mean: mean, covariance: covariance))
    case (.dfn, .particle):
      throw EstimationError(.input, "filter particle: carries spme; for a dfn take ukf")
    case (.dfn, .extended):
      throw EstimationError(.input, "filter ekf: carries spme; a dfn has no derivatives, take ukf")
    }
  }

  /// Factor on a tracked parameter: its median, and the sd of its logarithm; nil when not tracked.
  public func factor(of name: ParameterName) -> (median: Double, logSD: Double)? {
    guard let place = configuration.parameters.firstIndex(where: { $0.name == name }) else {
      return nil
    }
    let index = world.layout.parameters.lowerBound + place
    return (Double.exponential(filter.mean[index]), filter.sd(index))
  }

  /// What is believed of the cell's constants now, in one piece; a later record's
  /// `EstimatorConfiguration.constants`.
  public var constants: ConstantsBelief {
    world.constants(mean: filter.mean, covariance: filter.covariance)
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
