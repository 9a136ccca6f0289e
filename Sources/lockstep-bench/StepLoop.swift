import CSPMeReference
import Electrochemistry

/// SPMe's step of 1 s over a list of currents, again and again from the same rest.
final class StepLoop {
  let model: SPMe
  let currents: [Double]
  private let workspace: SPMeWorkspace
  private let rested: [Double]
  private let state: UnsafeMutableBufferPointer<Double>
  private let inC: StepInC

  init(_ model: SPMe, currents: [Double], stateOfCharge: Double) {
    self.model = model
    self.currents = currents
    workspace = model.makeWorkspace()
    rested = model.rest(stateOfCharge: stateOfCharge, temperature: CurrentProfile.ambient)
    state = .allocate(capacity: model.stateCount)
    _ = state.initialize(from: rested)
    inC = StepInC(model, temperature: CurrentProfile.ambient)
  }

  deinit { state.deallocate() }

  private func rest() { _ = state.update(from: rested) }

  func run() throws {
    rest()
    for current in currents { try step(current) }
  }

  private func step(_ current: Double) throws {
    try model.step(
      state, current: current, ambient: CurrentProfile.ambient, duration: 1,
      workspace: workspace)
  }

  func runInC() {
    guard let base = state.baseAddress else { return }
    rest()
    for current in currents { inC.step(base, current: current, duration: 1) }
  }

  /// Voltage after each step, V, the last of them in `state`.
  func voltages() throws -> [Double] {
    rest()
    return try currents.map { current in
      try step(current)
      return try voltage(current)
    }
  }

  func runWithVoltage() throws {
    rest()
    for current in currents {
      try step(current)
      _ = try voltage(current)
    }
  }

  private func voltage(_ current: Double) throws -> Double {
    try model.outputs(
      UnsafeBufferPointer(state), current: current, ambient: CurrentProfile.ambient
    ).voltage
  }

  /// Largest relative difference of the states after a loop in Swift and one in C.
  func distanceFromC() throws -> Double {
    try run()
    let swift = Array(state)
    runInC()
    return zip(swift, state).map { abs($0 / $1 - 1) }.max() ?? 0
  }
}
