internal import Electrochemistry

/// What is behind the ports: cell, wires, power stages, relays and chamber, in pace time.
///
/// Pure and single-threaded: time passes only in `run(for:)`, settings take effect in `settle()`, and
/// the same calls give the same numbers.
package struct BenchPhysics {
  /// Pace time since the rig started, microseconds.
  package private(set) var now: Int64 = 0
  /// How often the pace device was ticked.
  package private(set) var ticks = 0
  /// What the supply's registers set.
  package var supply = SupplyStage()
  /// What the load's registers set.
  var load = LoadStage()
  /// The relay board and the contacts behind one of its relays.
  var contactor: Contactor
  /// The air around the cell.
  package var chamber: Chamber
  /// The past that late sensors look at.
  private(set) var history: SignalHistory
  /// What flows since the last change.
  package private(set) var flow = BenchCircuit.Flow()
  /// The cell since the last change.
  package private(set) var outputs: PlantOutputs

  private var cell: any PlantCell
  private let circuit: BenchCircuit
  private let truth: TruthLog?
  /// Longest step of the plant, microseconds.
  private let substep: Int64
  private var contactorWasClosed = false
  private var isOutOfRange = false

  /// A bench at rest with everything off.
  init(
    cell: any PlantCell, circuit: BenchCircuit, chamber: Chamber, contactor: Contactor,
    substep: Double, truth: TruthLog?
  ) throws(ModelError) {
    outputs = try cell.outputs(current: 0, ambient: chamber.temperature)
    self.cell = cell
    self.circuit = circuit
    self.chamber = chamber
    self.contactor = contactor
    self.truth = truth
    self.substep = max(Int64((substep * 1e6).rounded()), 1000)
    history = SignalHistory(capacity: 1024, first: Signals())
    record()
    truth?.append(truthRow, now: true)
  }

  /// Whether the cell is joined to supply and load.
  package var isContactorClosed: Bool { contactor.isClosed }

  /// Lets the present settings act: currents and voltages jump, time stands.
  package mutating func settle() {
    let before = flow.cell
    contactor.follow(at: now)
    if isContactorClosed {
      solveClosed()
    } else {
      flow = circuit.open(supply, load)
      if let rested = evaluate(current: flow.cell) { outputs = rested }
    }
    supply.holdsVoltage = flow.holdsVoltage
    record()
    noteEvents(currentBefore: before)
  }

  /// Lets `duration` microseconds pass.
  package mutating func run(for duration: Int64) {
    let end = now + duration
    while now < end {
      var next = min(end, now + substep)
      if let deadline = contactor.nextDeadline, deadline > now { next = min(next, deadline) }
      step(by: Double(next - now) / 1e6)
      now = next
      settle()
      let (wasSupply, wasLoad) = (supply.isOn, load.isOn)
      supply.protect(voltage: flow.terminalVoltage, current: flow.supply)
      load.protect(voltage: flow.terminalVoltage, current: flow.load)
      if (wasSupply, wasLoad) != (supply.isOn, load.isOn) { settle() }
    }
  }

  /// Runs to `time` (microseconds) at the pace device's word and writes a row of truth; a time that
  /// has passed only says that somebody is there.
  package mutating func tick(until time: Int64) {
    ticks += 1
    guard time > now else { return }
    run(for: time - now)
    writeTruth(immediately: false)
  }

  /// Writes a row of truth; `immediately` brings it to the file at once.
  package func writeTruth(immediately: Bool) { truth?.append(truthRow, now: immediately) }

  /// Brings all truth to the file.
  package func flushTruth() { truth?.flush() }

  /// Flow and outputs with the contactor closed.
  private mutating func solveClosed() {
    let (before, last) = (flow.cell, outputs.voltage)
    var solved = (current: Double.nan, outputs: outputs)
    let (cell, ambient) = (cell, chamber.temperature)
    var failure: String?
    flow = circuit.closed(supply, load, last: max(flow.terminalVoltage, last)) { current in
      if current == solved.current { return solved.outputs.voltage }
      do {
        solved = (current, try cell.outputs(current: current, ambient: ambient))
        return solved.outputs.voltage
      } catch {
        failure = "\(error)"
        // Rises with the current, so that the circuit still has one solution.
        return last + (current - before) * 0.02
      }
    }
    if let failure { leaveRange(failure) }
    if solved.current == flow.cell {
      outputs = solved.outputs
    } else if let last = evaluate(current: flow.cell) {
      outputs = last
    }
  }

  private mutating func evaluate(current: Double) -> PlantOutputs? {
    do {
      return try cell.outputs(current: current, ambient: chamber.temperature)
    } catch {
      leaveRange("\(error)")
      return nil
    }
  }

  private mutating func step(by seconds: Double) {
    do {
      try cell.step(current: flow.cell, ambient: chamber.temperature, duration: seconds)
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

  private mutating func leaveRange(_ reason: String) {
    guard !isOutOfRange else { return }
    isOutOfRange = true
    RigError.say("plant at \(Double(now) / 1e6) s: \(reason); the last good state is held")
  }

  private mutating func record() {
    history.record(
      Signals(
        time: now, cellVoltage: outputs.voltage, cellCurrent: isContactorClosed ? flow.cell : 0,
        temperature: outputs.temperature, ambient: chamber.temperature,
        terminalVoltage: flow.terminalVoltage, supplyCurrent: flow.supply, loadCurrent: flow.load))
  }

  private mutating func noteEvents(currentBefore: Double) {
    let contactorMoved = contactorWasClosed != isContactorClosed
    contactorWasClosed = isContactorClosed
    if contactorMoved || (currentBefore != 0 && flow.cell == 0) { writeTruth(immediately: true) }
  }

  private var truthRow: TruthRow {
    TruthRow(
      time: now, outputs: outputs, current: flow.cell, ambient: chamber.temperature,
      contactorClosed: isContactorClosed, supplyOn: supply.isOn, loadOn: load.isOn)
  }
}
