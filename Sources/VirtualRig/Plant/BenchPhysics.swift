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
  /// Whether pace time passes by itself, at wall speed: devices then feel how fast they are asked.
  package var runsByItself = false
  /// What the supply's registers set.
  package var supply = SupplyStage()
  /// What the load's registers set.
  var load = LoadStage()
  /// What a bidirectional supply's registers set, in place of both; nil: there is none.
  var bidirectional: BidirectionalStage?
  /// The relay board and the contacts behind one of its relays.
  var contactor: Contactor
  /// The air around the cell.
  package var chamber: Chamber
  /// The past that late sensors look at.
  private(set) var history: SignalHistory
  /// What flows since the last change, as the holder's terminals see it.
  package internal(set) var flow = BenchCircuit.Flow()
  /// The cell since the last change.
  package internal(set) var outputs: PlantOutputs
  /// The faults of this run.
  var faults = FaultSchedule()
  /// What the faults in force make of the plant.
  var conditions = PlantConditions()
  /// What faults have done to devices since any was last asked.
  var deviceChanges: [DeviceChange] = []
  /// Settings are tried and thrown away: nothing may act on the bench.
  var isRehearsal = false

  var cell: any PlantCell
  let circuit: BenchCircuit
  /// Of the cell to its surroundings, W/K; nil: the cell stays at ambient temperature.
  let heatConductance: Double?
  /// Through a short within the cell, A.
  var shortCurrent = 0.0
  private let truth: TruthLog?
  /// Longest step of the plant, microseconds.
  private let substep: Int64
  private var contactorWasClosed = false
  var isOutOfRange = false

  /// A bench at rest with everything off.
  init(
    cell: any PlantCell, circuit: BenchCircuit, chamber: Chamber, contactor: Contactor,
    substep: Double, heatConductance: Double? = nil, truth: TruthLog?
  ) throws(ModelError) {
    outputs = try cell.outputs(current: 0, ambient: chamber.temperature)
    self.cell = cell
    self.circuit = circuit
    self.chamber = chamber
    self.contactor = contactor
    self.heatConductance = heatConductance
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
    guard !isRehearsal else { return }
    let before = flow.cell
    contactor.follow(at: now)
    supply.follow()
    load.follow()
    bidirectional?.follow()
    solve()
    supply.holdsVoltage = flow.holdsVoltage
    bidirectional?.mode = flow.mode
    record()
    noteEvents(currentBefore: before)
  }

  /// Lets `duration` microseconds pass.
  package mutating func run(for duration: Int64) {
    let end = now + duration
    while now < end {
      var next = min(end, now + substep)
      if let deadline = contactor.nextDeadline, deadline > now { next = min(next, deadline) }
      if let boundary = faults.nextBoundary, boundary > now { next = min(next, boundary) }
      step(by: Double(next - now) / 1e6)
      now = next
      settle()
      turnFaults()
      protect()
    }
  }

  private mutating func protect() {
    let was = (supply.isOn, load.isOn, bidirectional?.isOn)
    supply.protect(voltage: flow.terminalVoltage, current: flow.supply)
    load.protect(voltage: flow.terminalVoltage, current: flow.load)
    bidirectional?.protect(voltage: flow.terminalVoltage, current: flow.cell)
    holdTrips()
    if was != (supply.isOn, load.isOn, bidirectional?.isOn) { settle() }
  }

  /// Runs to `time` (microseconds) at the pace device's word and writes a row of truth; a time that
  /// has passed only says that somebody is there.
  package mutating func tick(until time: Int64) {
    ticks += 1
    runsByItself = false
    guard time > now else { return }
    run(for: time - now)
    writeTruth(immediately: false)
  }

  /// Writes a row of truth; `immediately` brings it to the file at once.
  package func writeTruth(immediately: Bool) { truth?.append(truthRow, now: immediately) }

  /// Brings all truth to the file.
  package func flushTruth() { truth?.flush() }

  private mutating func record() {
    history.record(
      Signals(
        time: now, cellVoltage: holderSign * outputs.voltage,
        cellCurrent: isContactorClosed ? flow.cell : 0, temperature: outputs.temperature,
        ambient: chamber.temperature, terminalVoltage: flow.terminalVoltage,
        supplyCurrent: flow.supply, loadCurrent: flow.load))
  }

  private mutating func noteEvents(currentBefore: Double) {
    let contactorMoved = contactorWasClosed != isContactorClosed
    contactorWasClosed = isContactorClosed
    if contactorMoved || (currentBefore != 0 && flow.cell == 0) { writeTruth(immediately: true) }
  }

  private var truthRow: TruthRow {
    let isOn = bidirectional?.drives ?? false
    return TruthRow(
      time: now, outputs: outputs, current: holderSign * flow.cell, ambient: chamber.temperature,
      contactorClosed: isContactorClosed, supplyOn: supply.drives || isOn,
      loadOn: load.takes || isOn, alarmOn: contactor.alarmIsOn, shortCurrent: shortCurrent)
  }
}
