import Quantities

/// A step under way.
struct RunningStep: Sendable {
  let index: Int
  let step: ProtocolStep
  /// When it began; later by the time for which the run was stopped since.
  private(set) var start: Seconds
  /// The step's own current, resolved; nil where it has none.
  let drive: Amperes?
  /// What a C-rate of 1 is in amperes.
  private let capacity: AmpereHours
  /// Which way a held voltage drives; fixed when the step begins.
  private let direction: ProtocolAction.Direction
  /// Net charge since `start`, in ampere-seconds: sums of whole ones stay exact.
  private var ampereSeconds = 0.0
  /// A request was made: what is observed from now on is this step's work.
  private var begun = false
  /// When its current was last free to begin to flow: its start, or the run's going on.
  private var released: Seconds
  /// A constant current has reached its voltage and turned into a hold.
  private var holding = false
  /// The current has been above the bound of the step's current end.
  private var currentSeen = false
  /// The ambient temperature has arrived at the chamber's set-point.
  private var arrived = false

  init(
    index: Int, step: ProtocolStep, before: ProtocolStep?, nominalCapacity: AmpereHours,
    at observation: Observation
  ) {
    self.index = index
    self.step = step
    start = observation.time
    released = observation.time
    capacity = nominalCapacity
    switch step.mode {
    case .current(let value), .currentThenHold(let value, _):
      let current = value.amperes(nominal: nominalCapacity)
      drive = current
      direction = current > .zero ? .charge : .discharge
    case .hold(let target):
      drive = nil
      direction = Self.direction(to: target, from: observation.cellVoltage, after: before)
    // Power and resistance: the machine takes none.
    case .rest, .chamber, .power, .resistance:
      drive = nil
      direction = .charge
    }
  }

  // A hold that follows a charge to the same voltage goes on charging, on whichever side of it noise
  // put the last reading.
  private static func direction(
    to target: Volts, from voltage: Volts?, after before: ProtocolStep?
  ) -> ProtocolAction.Direction {
    let gap = voltage.map { target - $0 } ?? .zero
    if let charged = before?.mode.charges, gap.magnitude < Volts(0.02) {
      return charged ? .charge : .discharge
    }
    return gap >= .zero ? .charge : .discharge
  }

  /// Goes on at `time` after a stop that began at `stopped`: its own clock stood still. What only its own
  /// current shows is to be seen again: a constant current comes before its hold, a current above its
  /// bound before the bound ends the step, the chamber at its set-point before what waits for it.
  mutating func resume(at time: Seconds, stoppedAt stopped: Seconds) {
    start = start + (time - stopped)
    released = time
    (holding, currentSeen, arrived) = (false, false, false)
  }

  /// Net charge since `start`, positive when it charged.
  var charge: AmpereHours { AmpereHours(ampereSeconds / 3600) }

  /// Takes note of what happened since the last observation.
  mutating func observe(_ observation: Observation, after last: Observation?) {
    // The current read at the end of a scan is the one that flowed during it.
    if begun, let last, let current = observation.current ?? last.current {
      ampereSeconds += current.value * (observation.time - last.time).value
    }
    if let current = observation.current, begun {
      for case .currentBelow(let bound) in step.ends {
        if current.magnitude > bound.amperes(nominal: capacity) { currentSeen = true }
      }
    }
    if case .currentThenHold(_, let target) = step.mode, let voltage = observation.cellVoltage,
      voltageIsOwn(observation)
    {
      if direction == .charge ? voltage >= target : voltage <= target { holding = true }
    }
    if case .chamber(let target) = step.mode, let ambient = observation.ambient {
      arrived =
        arrived || abs(ambient.value - target.value) < ProtocolMachine.chamberTolerance.value
    }
  }

  /// What to do now.
  mutating func request(at observation: Observation) -> ProtocolAction {
    begun = true
    switch step.mode {
    case .rest, .power, .resistance: return .rest
    case .current: return drive.map { .current($0) } ?? .rest
    case .hold(let voltage): return .hold(voltage, direction)
    case .currentThenHold(_, let voltage):
      return holding ? .hold(voltage, direction) : drive.map { .current($0) } ?? .rest
    case .chamber(let target): return .chamber(target)
    }
  }

  /// Why the step is over, or nil while it goes on.
  func ending(at observation: Observation) -> StepEnding? {
    for end in step.ends where isTrue(end, observation) {
      return begun ? .reached(end) : .skipped(end)
    }
    if step.ends.isEmpty, case .chamber(let target) = step.mode, arrived {
      let end = StepEnd.chamberArrived(target, within: ProtocolMachine.chamberTolerance)
      return begun ? .reached(end) : .skipped(end)
    }
    let limit = step.timeLimit
    return hasLasted(limit, observation) ? .timeLimit(limit) : nil
  }

  private func isTrue(_ end: StepEnd, _ observation: Observation) -> Bool {
    func compare<Q: Quantity>(_ value: Q?, _ side: StepEnd.Side, _ bound: Q) -> Bool {
      guard let value else { return false }
      return side == .atLeast ? value >= bound : value <= bound
    }
    switch end {
    case .duration(let duration): return hasLasted(duration, observation)
    case .voltage(let side, let bound):
      return voltageIsOwn(observation) && compare(observation.cellVoltage, side, bound)
    case .currentBelow(let bound):
      guard begun, currentSeen || settled(observation) >= ProtocolMachine.currentSettling else {
        return false
      }
      return compare(observation.current?.magnitude, .atMost, bound.amperes(nominal: capacity))
    case .temperature(let side, let bound):
      return compare(observation.surfaceTemperature, side, bound)
    case .charge(let bound): return charge.magnitude >= bound
    case .stateOfCharge(let side, let bound):
      return compare(observation.stateOfCharge, side, bound)
    case .nearAmbient(let bound):
      guard let surface = observation.surfaceTemperature, let ambient = observation.ambient else {
        return false
      }
      if case .chamber = step.mode, !arrived { return false }
      return abs(surface.value - ambient.value) < bound.value
    case .chamberArrived: return arrived
    }
  }

  // A scan that comes some microseconds early is on time, and so is the rounding of a clock that was moved: either
  // would let a step last a control period longer.
  private func hasLasted(_ time: Seconds, _ observation: Observation) -> Bool {
    (observation.time - start).value >= time.value - ProtocolMachine.timeTolerance.value
  }

  /// How long its current has had to settle.
  private func settled(_ observation: Observation) -> Seconds { observation.time - released }

  // Under no more current than the step's own, a voltage past the bound is past it for good.
  private func voltageIsOwn(_ observation: Observation) -> Bool {
    guard let drive, begun == false || settled(observation) < ProtocolMachine.voltageSettling
    else { return true }
    guard let current = observation.current else { return false }
    let own = drive.magnitude.value * 1.1 + 0.05
    return (drive > .zero ? current.value : -current.value) <= own
  }
}
