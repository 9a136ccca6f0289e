package import Electrochemistry
import Kernels
import Quantities

// Ranked goals: 1. the twin's equations are in none of the mismatched plant's numbers: another model, mesh and
// step; 2. everything drawn follows from the seed; 3. short.

/// A simulated cell whose truth is known, with the errors of a bench's sensors.
///
/// *Matched*: the SPMe on the filter's own mesh and step, with other parameters. *Mismatched*: a DFN on a finer
/// mesh, parameters off by 20 % (log-normal), open-circuit potentials by 5 mV, a series resistance, sensors with
/// scale errors and offsets.
package struct StudyPlant {
  package enum Kind: String, CaseIterable, Sendable { case matched, mismatched }

  /// What the bench reads at one instant, and the truth.
  package struct Sample {
    package var time: Double
    package var current: Double
    package var voltage: Double
    package var surface: Double
    package var ambient: Double
    /// Offsets of the open-circuit potentials included.
    package var truth: CellOutputs
    package var trueCurrent: Double
  }

  enum Cell {
    case spme(SPMe, SPMeWorkspace)
    case dfn(DFNSolver)
  }

  var cell: Cell
  /// As drawn.
  let parameters: CellParameters
  private var state: [Double] = []
  private var random: RandomStream
  private let voltageNoise: Double
  private let currentNoise: Double
  private let currentScale: Double
  private let currentOffset: Double
  private let temperatureNoise: Double
  private let ambientOffset: Double
  /// Around the cell, K; its sensor is off.
  package var ambient = 298.15
  private var isFirst = true
  package private(set) var time = 0.0
  /// Between samples, s.
  package let period: Double
  /// At the start.
  package let stateOfCharge: Double
  /// Of the nominal cell, V.
  package let window: ClosedRange<Double>
  /// By which the negative open-circuit potential is off the nominal cell's, V.
  package let negativeOffset: Double

  package init(
    _ nominal: CellParameters, kind: Kind, seed: UInt64, stateOfCharge: ClosedRange<Double>,
    period: Double = 1
  ) throws {
    var draws = RandomStream(seed: seed, stream: 1)
    random = RandomStream(seed: seed, stream: 2)
    self.period = period
    window = nominal.lowerVoltageCutoff.value...nominal.upperVoltageCutoff.value
    let matched = kind == .matched
    let spread = matched ? 0.1 : 0.2
    var factors: [ParameterName: Double] = [:]
    for name in Self.drawn { factors[name] = Double.exponential(spread * draws.gaussian()) }
    let offset = matched ? (2e-3, 2.25e-3) : (5e-3, 5e-3)
    let resistance = (matched ? 3e-3 : 5e-3) * draws.gaussian()
    negativeOffset = offset.0 * draws.gaussian()
    let actual = nominal.scaled(factors)
      .offsettingOpenCircuitPotential(
        negative: negativeOffset, positive: offset.1 * draws.gaussian()
      )
      .withContactResistance(max(0, nominal.contactResistance + resistance))
    parameters = actual
    voltageNoise = matched ? 1e-3 : 2e-3
    currentNoise = 5e-3
    currentScale = (matched ? 1e-3 : 2e-3) * draws.gaussian()
    currentOffset = 2e-3 * draws.gaussian()
    temperatureNoise = matched ? 0.1 : 0.3
    ambientOffset = (matched ? 0.25 : 3) * draws.gaussian()
    let soc =
      stateOfCharge.lowerBound
      + draws.uniform() * (stateOfCharge.upperBound - stateOfCharge.lowerBound)
    self.stateOfCharge = soc
    let model = SPMe(actual, mesh: .coarse, thermal: .lumped)
    if matched {
      cell = .spme(model, model.makeWorkspace())
      state = model.rest(stateOfCharge: soc, temperature: ambient)
    } else {
      let solver = DFNSolver(actual, mesh: Self.mesh, thermal: .lumped)
      let (negative, positive) = model.stoichiometries(stateOfCharge: soc)
      try solver.start(
        negativeStoichiometry: negative, positiveStoichiometry: positive, temperature: ambient)
      cell = .dfn(solver)
    }
  }

  /// Of the mismatched plant, whose periods are taken in so many parts.
  static let (mesh, parts) = (SPMe.MeshName.medium, 5)

  /// What the field calls uncertain, and a voltage can tell.
  package static let drawn: [ParameterName] = [
    .negativeReactionRateConstant, .positiveReactionRateConstant, .negativeDiffusivity,
    .positiveDiffusivity, .electrolyteDiffusivity, .electrolyteConductivity,
    .heatTransferCoefficient,
  ]

  /// One period under a current, A, then what is read; the first call only reads.
  package mutating func sample(_ current: Double) throws -> Sample {
    if !isFirst {
      switch cell {
      case .spme(let model, let workspace):
        try model.step(
          &state, current: current, ambient: ambient, duration: period, workspace: workspace)
      case .dfn(let solver):
        // Another step than the filter's.
        for _ in 0..<Self.parts {
          try solver.step(
            current: current, ambient: ambient, duration: period / Double(Self.parts))
        }
      }
      time += period
    }
    isFirst = false
    let truth = try outputs(current)
    return Sample(
      time: time,
      current: current * (1 + currentScale) + currentOffset + currentNoise * random.gaussian(),
      voltage: truth.voltage + voltageNoise * random.gaussian(),
      surface: truth.temperature + temperatureNoise * random.gaussian(),
      ambient: ambient + ambientOffset, truth: truth, trueCurrent: current)
  }

  /// What the cell would show under a current, A.
  package func outputs(_ current: Double) throws -> CellOutputs {
    switch cell {
    case .spme(let model, _): try model.outputs(state, current: current, ambient: ambient)
    case .dfn(let solver): try solver.outputs(current: current, ambient: ambient)
    }
  }
}
