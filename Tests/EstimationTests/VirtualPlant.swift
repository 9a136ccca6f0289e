import Electrochemistry
import Estimation
import Kernels

/// A cell to be followed: one second under a current, then what it shows.
protocol Plant {
  mutating func start(stateOfCharge: Double) throws
  mutating func second(_ current: Double, ambient: Double) throws
  func outputs(_ current: Double, ambient: Double) throws -> CellOutputs
}

struct SPMePlant: Plant {
  let model: SPMe
  let workspace: SPMeWorkspace
  var state: [Double] = []

  init(_ cell: CellParameters) {
    model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    workspace = model.makeWorkspace()
  }

  mutating func start(stateOfCharge: Double) {
    state = model.rest(stateOfCharge: stateOfCharge, temperature: 298.15)
  }

  mutating func second(_ current: Double, ambient: Double) throws {
    try model.step(
      &state, current: current, ambient: ambient, duration: 1, workspace: workspace)
  }

  func outputs(_ current: Double, ambient: Double) throws -> CellOutputs {
    try model.outputs(state, current: current, ambient: ambient)
  }
}

struct DFNPlant: Plant {
  let solver: DFNSolver

  init(_ cell: CellParameters) {
    solver = DFNSolver(cell, mesh: .medium, thermal: .lumped)
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    stoichiometries = model.stoichiometries(stateOfCharge:)
  }

  private let stoichiometries: (Double) -> (negative: Double, positive: Double)

  mutating func start(stateOfCharge: Double) throws {
    let (negative, positive) = stoichiometries(stateOfCharge)
    try solver.start(
      negativeStoichiometry: negative, positiveStoichiometry: positive, temperature: 298.15)
  }

  mutating func second(_ current: Double, ambient: Double) throws {
    try solver.step(current: current, ambient: ambient, duration: 1)
  }

  func outputs(_ current: Double, ambient: Double) throws -> CellOutputs {
    try solver.outputs(current: current, ambient: ambient)
  }
}

/// What a bench reads of a plant, and the truth beside it.
struct PlantSample {
  var input: CellInput
  var time: Double
  var voltage: Double
  var surface: Double
  var truth: CellOutputs
}

/// A plant with white sensor noise at 25 degC.
struct VirtualPlant<Cell: Plant> {
  var cell: Cell
  var voltageNoise = 1e-3
  var currentNoise = 5e-3
  var temperatureNoise = 0.1
  private(set) var time = -1.0
  private var random: RandomStream

  init(_ cell: Cell, stateOfCharge: Double, seed: UInt64) throws {
    self.cell = cell
    random = RandomStream(seed: seed)
    try self.cell.start(stateOfCharge: stateOfCharge)
  }

  /// One second under `current`; the first call only reads.
  mutating func second(_ current: Double) throws -> PlantSample {
    if time >= 0 { try cell.second(current, ambient: 298.15) }
    time += 1
    let truth = try cell.outputs(current, ambient: 298.15)
    return PlantSample(
      input: CellInput(current: current + currentNoise * random.gaussian(), ambient: 298.15),
      time: time, voltage: truth.voltage + voltageNoise * random.gaussian(),
      surface: truth.temperature + temperatureNoise * random.gaussian(), truth: truth)
  }
}

extension CellFilter {
  mutating func assimilate(_ sample: PlantSample) throws -> Assimilation {
    try assimilate(
      sample.input, at: sample.time, voltage: sample.voltage, thermometers: { _ in sample.surface })
  }
}
