import Electrochemistry
import Estimation
import Kernels

/// A cell that is the filter's model, at 25 degC, read with white noise once a second; its voltmeter can
/// freeze.
struct NoisyCell {
  private let model: SPMe
  private let workspace: SPMeWorkspace
  private var state: [Double]
  private var random: RandomStream
  private var held: Double?
  private(set) var time = 0
  /// The voltmeter repeats what it shows next until this is false again.
  var isStuck = false

  init(_ cell: CellParameters, stateOfCharge: Double, seed: UInt64) {
    model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    workspace = model.makeWorkspace()
    state = model.rest(stateOfCharge: stateOfCharge, temperature: 298.15)
    random = RandomStream(seed: seed)
  }

  var stateOfCharge: Double {
    get throws { try model.outputs(state, current: 0, ambient: 298.15).stateOfCharge }
  }

  /// One second of `current`, A, read by all filters alike; returns what each made of it.
  mutating func second(_ current: Double, _ filters: inout [CellFilter]) throws -> [Assimilation] {
    if time > 0 {
      try model.step(
        &state, current: current, ambient: 298.15, duration: 1, workspace: workspace)
    }
    let y = try model.outputs(state, current: current, ambient: 298.15)
    let working = y.voltage + 1e-3 * random.gaussian()
    held = isStuck ? held ?? working : nil
    let surface = y.temperature + 0.1 * random.gaussian()
    let input = CellInput(current: current + 5e-3 * random.gaussian(), ambient: 298.15)
    var results: [Assimilation] = []
    for index in filters.indices {
      results.append(
        try filters[index].assimilate(
          input, at: Double(time), voltage: held ?? working, thermometers: { _ in surface }))
    }
    time += 1
    return results
  }
}
