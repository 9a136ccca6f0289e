package import Kernels

// Eight lanes of a dual number are eight intervals: one pass gives every output's slope by every current.

/// What a cell shows at both ends of an interval of constant current, with slopes by the currents of all
/// intervals (lane k: of interval k, per A).
package struct HorizonInterval: Sendable {
  /// Just after the interval's current began.
  package var start: HorizonOutputs
  /// At the interval's end.
  package var end: HorizonOutputs
}

/// V, K, V and 0..1.
package struct HorizonOutputs: Sendable {
  package var voltage: Dual8
  package var temperature: Dual8
  package var negativePotentialAtSeparator: Dual8
  package var stateOfCharge: Dual8
}

extension SPMe {
  /// Intervals at most.
  package static var horizonLength: Int { 8 }

  /// Plays currents that are constant on intervals, with the slopes of all outputs by all currents.
  ///
  /// - Parameters:
  ///   - x: the state at the start.
  ///   - currents: A, positive = charge; `horizonLength` at most.
  ///   - durations: s, one for each current.
  ///   - ambient: K.
  /// - Throws: when the model's range is left.
  package func horizon(
    _ x: [Double], currents: [Double], durations: [Double], ambient: Double,
    workspace: SPMeWorkspace
  ) throws(ModelError) -> [HorizonInterval] {
    precondition(currents.count <= Self.horizonLength && currents.count == durations.count)
    guard x.count == layout.count else { throw wrongLength(x.count) }
    let scratch = workspace.duals
    for i in 0..<layout.count { scratch.state[i] = Dual8(x[i]) }
    for i in values.indices { scratch.parameters[i] = Dual8(values[i]) }
    let c = SPMeCoefficients<Dual8>(functions: functions) { scratch.parameters[$0.ordinal] }
    var intervals: [HorizonInterval] = []
    for (lane, (current, duration)) in zip(currents, durations).enumerated() {
      try checkStep(start: current, end: current, ambient: ambient, duration: duration)
      let i = Dual8(current, lane: lane)
      let start = try horizonOutputs(scratch, c, current: i, ambient: ambient)
      try advance(
        scratch, coefficients: c, currents: (i, i), ambient: Dual8(ambient), duration: duration)
      intervals.append(
        HorizonInterval(
          start: start, end: try horizonOutputs(scratch, c, current: i, ambient: ambient)))
    }
    return intervals
  }

  private func horizonOutputs(
    _ scratch: SPMeScratch<Dual8>, _ c: SPMeCoefficients<Dual8>, current: Dual8, ambient: Double
  ) throws(ModelError) -> HorizonOutputs {
    let x = UnsafePointer(scratch.state)
    let temperature = thermal == .isothermal ? Dual8(ambient) : x[layout.temperature]
    try checkState(x, temperature: temperature)
    let eta = overpotentials(x, coefficients: c, temperature: temperature, current: current)
    try checkSurfaces(eta)
    let y = terminals(
      x, coefficients: c, overpotentials: eta, temperature: temperature, current: current,
      branch: OpenCircuitBranch(current: current.value) ?? restingBranch)
    return HorizonOutputs(
      voltage: y.voltage, temperature: y.temperature,
      negativePotentialAtSeparator: y.negativePotentialAtSeparator, stateOfCharge: y.stateOfCharge)
  }
}
