import Electrochemistry
import Excitation
import Foundation
import Identification
import Kernels
import Simulation

/// A simulated cell whose parameters are known, for `identification-study`.
///
/// *Matched*: the model that is fitted, with other parameters; 1 mV and 0.1 K of noise. *Mismatched*: a DFN on
/// another mesh and step, 5 mV in each open-circuit potential, voltage noise 2 mV, current 0.1 % and 0.2 % of
/// scale, thermometer 0.3 K, ambient off 3 K. Parameters of both are off by 20 % (log-normal).
struct IdentificationCase {
  static let parameters: [IdentifiedParameter] = [
    .factor(.negativeDiffusivity), .factor(.positiveDiffusivity),
    .factor(.negativeReactionRateConstant), .factor(.positiveReactionRateConstant),
    .factor(.electrolyteDiffusivity), .factor(.contactResistance),
  ]
  static let ambient = 298.15
  static let startOfCharge = 0.6

  let seed: UInt64
  let matched: Bool
  /// ln of the true factors.
  let truth: [Double]
  let cell: CellParameters
  let reference: CellParameters
  private let plant: RunModel
  private let scale: Double
  private let ambientOffset: Double

  init(_ reference: CellParameters, seed: UInt64, matched: Bool) {
    var draws = RandomStream(seed: seed, stream: 11)
    self.seed = seed
    self.matched = matched
    self.reference = reference
    truth = Self.parameters.map { _ in 0.2 * draws.gaussian() }
    var factors: [ParameterName: Double] = [:]
    for (parameter, value) in zip(Self.parameters, truth) {
      if case .factor(let name) = parameter { factors[name] = exp(value) }
    }
    let drawn = reference.scaled(factors)
    let offsets = (5e-3 * draws.gaussian(), 5e-3 * draws.gaussian())
    cell =
      matched
      ? drawn : drawn.offsettingOpenCircuitPotential(negative: offsets.0, positive: offsets.1)
    plant =
      matched
      ? RunModel(.spme, thermal: .lumped, mesh: .standard, tolerance: 1e-5)
      : RunModel(.dfn, thermal: .lumped, mesh: .medium, tolerance: 1e-5)
    scale = matched ? 0 : 2e-3 * draws.gaussian()
    ambientOffset = matched ? 0 : 3 * draws.gaussian()
  }

  /// What the cell does under a current: the truth.
  func run(_ current: CurrentRecord, at times: [Double]) -> ModelRun {
    plant.run(
      cell, current, from: Self.startOfCharge, outputTimes: times, parameters: [],
      reference: reference, slopes: false)
  }

  /// What a bench reads of it, each second.
  func record(_ name: String, _ current: CurrentRecord) -> IdentificationRecord {
    let times = (0..<Int(current.duration)).map { Double($0) + 0.5 }
    let run = run(current, at: times)
    var noise = RandomStream(seed: seed, stream: 12)
    let (volts, kelvin) = matched ? (1e-3, 0.1) : (2e-3, 0.3)
    let reached = 0..<run.reached
    var read = current
    read.currents = current.currents.map {
      $0 * (1 + scale + (matched ? 0 : 1e-3 * noise.gaussian()))
    }
    read.ambient += ambientOffset
    read.startIsMeasured = true
    return IdentificationRecord(
      name: name, current: read, times: reached.map { times[$0] },
      voltages: reached.map { run.voltages[$0] + volts * noise.gaussian() },
      temperatures: reached.map { run.temperatures[$0] + kelvin * noise.gaussian() },
      stateOfCharge: Self.startOfCharge + 0.01 * noise.gaussian(), stateOfChargeSD: 0.02,
      voltageErrors: ErrorModel(noiseSD: volts), temperatureErrors: ErrorModel(noiseSD: kelvin))
  }
}
