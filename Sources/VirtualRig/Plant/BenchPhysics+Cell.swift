internal import Electrochemistry

extension BenchPhysics {
  /// -1 for a cell that sits in its holder the wrong way round.
  var holderSign: Double { conditions.isReversed ? -1 : 1 }

  /// Flow and outputs under the present settings.
  mutating func solve() {
    guard isContactorClosed else {
      flow = bidirectional.map { circuit.open($0) } ?? circuit.open(supply, load)
      if let rested = try? answer(to: 0) { take(rested) } else { hold() }
      return
    }
    let (before, last) = (flow.cell, holderSign * outputs.voltage)
    var solved: CellAnswer?
    var failure: ModelError?
    func voltage(_ current: Double) -> Double {
      if let solved, current == solved.current { return holderSign * solved.outputs.voltage }
      do {
        let answer = try answer(to: current)
        solved = answer
        return holderSign * answer.outputs.voltage
      } catch {
        failure = error
        // Rises with the current, so that the circuit still has one solution.
        return last + (current - before) * 0.02
      }
    }
    let start = max(flow.terminalVoltage, last)
    flow =
      bidirectional.map { circuit.closed($0, last: start, cellVoltage: voltage) }
      ?? circuit.closed(supply, load, last: start, cellVoltage: voltage)
    if let failure { leaveRange("\(failure)") }
    if let solved, solved.current == flow.cell {
      take(solved)
    } else if let last = try? answer(to: flow.cell) {
      take(last)
    } else {
      hold()
    }
  }

  /// Lets time pass in cell, chamber and counters.
  mutating func step(by seconds: Double) {
    do {
      try cell.step(
        current: holderSign * flow.cell - shortCurrent, ambient: surroundings, duration: seconds)
      isOutOfRange = false
    } catch {
      leaveRange("\(error)")
    }
    chamber.run(for: seconds)
    let hours = seconds / 3600
    supply.charge += flow.supply * hours
    supply.energy += flow.supply * flow.terminalVoltage * hours
    if load.mode == .battery { load.charge += flow.load * hours }
  }

  /// What the cell exchanges heat with, degC. In a lumped cell heat from outside is the same as
  /// warmer surroundings: C dT/dt = Q - hA (T - T_a) for either. No hotter than the model takes.
  private var surroundings: Double {
    let heat = conditions.heat + shortCurrent * outputs.voltage
    guard let heatConductance, heat > 0 else { return chamber.temperature }
    return min(chamber.temperature + heat / heatConductance, max(Self.hottest, chamber.temperature))
  }

  /// degC.
  static let hottest = 220.0

  /// What the cell shows for a current through the holder's terminals.
  private struct CellAnswer {
    var current: Double
    var outputs: PlantOutputs
    var shortCurrent = 0.0
  }

  private mutating func take(_ answer: CellAnswer) {
    outputs = answer.outputs
    shortCurrent = answer.shortCurrent
  }

  private mutating func hold() {
    leaveRange("no voltage under \(flow.cell) A")
  }

  /// A short takes its current from the cell's own voltage: found by the secant.
  private func answer(to current: Double) throws(ModelError) -> CellAnswer {
    let tabs = holderSign * current
    func outputs(_ inner: Double) throws(ModelError) -> PlantOutputs {
      try cell.outputs(current: inner, ambient: surroundings)
    }
    guard let resistance = conditions.internalShort else {
      return CellAnswer(current: current, outputs: try outputs(tabs))
    }
    func excess(_ inner: Double, _ y: PlantOutputs) -> Double {
      inner - tabs + y.voltage / resistance
    }
    var (inner, y) = (tabs - shortCurrent, try outputs(tabs - shortCurrent))
    var slope = 1 + 0.03 / resistance
    for _ in 0..<12 {
      let error = excess(inner, y)
      if abs(error) < 1e-7 { break }
      let next = inner - error / slope
      let there = try outputs(next)
      slope = (excess(next, there) - error) / (next - inner)
      (inner, y) = (next, there)
    }
    return CellAnswer(current: current, outputs: y, shortCurrent: tabs - inner)
  }

  private mutating func leaveRange(_ reason: String) {
    guard !isOutOfRange else { return }
    isOutOfRange = true
    RigError.say("plant at \(Double(now) / 1e6) s: \(reason); the last good state is held")
  }
}
