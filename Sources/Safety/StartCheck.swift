public import Quantities

/// What is shown before a run's first current, and after its last: the contactor breaks the circuit
/// (S14), current flows the right way through the shunt, and meter and terminals see one cell (S16).
///
/// A pure state machine over samples. With the contactor open the load asks for a small current: none
/// may flow. Then the contactor closes and the same small current flows for a moment, drawn by the
/// load, or driven by the supply into a cell that is too empty to give it.
public struct StartCheck: Sendable, Hashable {
  /// What is looked at.
  public enum Stage: Sendable, Hashable { case weld, weldOff, closing, pulse, pulseOff, done }

  /// What it asks for in this scan.
  public enum Step: Sendable, Hashable {
    /// Goes on; this is wanted of the transition machine.
    case request(DriveRequest)
    /// Something does not hold.
    case failed(Trip)
    /// All was shown.
    case done
  }

  /// How small, how long, how exact.
  public struct Rules: Sendable, Hashable {
    /// Test current, several times what counts as none.
    public var current: Amperes
    /// Below this the supply drives the pulse.
    public var emptyBelow: Volts
    /// A thing must be seen in so many samples in a row...
    public var samples = 3
    /// ...and for so long: a device that is on takes its time to let current flow, a meter to see it.
    public var settling = Seconds(2)
    /// Time for each stage.
    public var patience = Seconds(20)
    /// Whether the supply reads the voltage at its terminals; one that does must have shown it.
    public var supplyReadsVoltage = true
    /// The same of the load.
    public var loadReadsVoltage = true
    /// Largest difference of two voltmeters with the test current flowing.
    public var voltageTolerance = Volts(0.1)

    /// Rules from their parts.
    public init(current: Amperes, emptyBelow: Volts) {
      self.current = current
      self.emptyBelow = emptyBelow
    }
  }

  /// Where it is.
  public private(set) var stage = Stage.weld
  private let rules: Rules
  private let endsAfterWeld: Bool
  private var count = 0
  private var begun: Seconds?
  private var seenSince: Seconds?
  /// Since when the pulse's device has been on without ever a current; infinity once it had one.
  private var idleSince: Seconds?
  /// The supply drives the pulse; decided once, before it begins.
  private var isEmpty = false

  /// Whether the load drew the pulse. Where it did not, the cell being empty, its lead may be open, and then
  /// the weld test has shown nothing.
  public var isLoadShown: Bool { !isEmpty }

  /// - Parameter endsAfterWeld: only the weld test, as after the last current.
  public init(rules: Rules, endsAfterWeld: Bool = false) {
    self.rules = rules
    self.endsAfterWeld = endsAfterWeld
  }

  /// One scan.
  public mutating func next(_ sample: Sample, zero: Amperes) -> Step {
    let start = begun ?? sample.time
    begun = start
    switch stage {
    case .weld: return weld(sample, zero, start)
    case .weldOff: return off(sample, zero, start, then: endsAfterWeld ? .done : .closing)
    case .closing: return closing(sample, start)
    case .pulse: return pulse(sample, zero, start)
    case .pulseOff: return off(sample, zero, start, then: .done)
    case .done: return .done
    }
  }

  private mutating func enter(_ stage: Stage) {
    self.stage = stage
    begun = nil
    idleSince = nil
    forget()
  }

  private mutating func forget() {
    count = 0
    seenSince = nil
  }

  /// Counts a sample that shows the thing; whether it was shown often and long enough.
  private mutating func seen(_ sample: Sample) -> Bool {
    count += 1
    let since = seenSince ?? sample.time
    seenSince = since
    return count >= rules.samples && sample.time - since >= rules.settling
  }

  private var isClosed: Bool { stage != .weld && stage != .weldOff }

  private func want(_ current: Amperes) -> Step {
    .request(DriveRequest(current: current, contactor: isClosed, mayStayOn: current != .zero))
  }

  private mutating func weld(_ sample: Sample, _ zero: Amperes, _ start: Seconds) -> Step {
    if let current = sample.current.valid, sample.load.isOn.valid == true {
      guard current.magnitude < zero else {
        return failed("contactor is welded: current flows while it is open", current, zero, sample)
      }
      if seen(sample) {
        enter(.weldOff)
        return want(.zero)
      }
    }
    return waited(sample, start) ?? want(-rules.current)
  }

  private mutating func off(
    _ sample: Sample, _ zero: Amperes, _ start: Seconds, then next: Stage
  ) -> Step {
    guard DriveMachine.isQuiet(sample, zero) else {
      return waited(sample, start) ?? want(.zero)
    }
    let step = want(.zero)
    enter(next)
    return step
  }

  private mutating func closing(_ sample: Sample, _ start: Seconds) -> Step {
    count += 1
    let isSeen = sample.contactorIsRead ? sample.contactorClosed.valid == true : true
    if isSeen, count > rules.samples {
      isEmpty = sample.cellVoltage.value < rules.emptyBelow
      enter(.pulse)
      return want(.zero)
    }
    return waited(sample, start) ?? want(.zero)
  }

  private mutating func pulse(_ sample: Sample, _ zero: Amperes, _ start: Seconds) -> Step {
    let wanted = isEmpty ? rules.current : -rules.current
    let terminal = isEmpty ? sample.source : sample.load
    if let current = sample.current.valid, terminal.isOn.valid == true {
      if current * (isEmpty ? 1 : -1) <= -zero {
        return failed("shunt reads the wrong way round", current, wanted, sample, "SAF-005")
      }
      if let slow = slowLoad(current, zero, sample) { return slow }
      if current.magnitude < zero {
        forget()
      } else if seen(sample), let difference = difference(terminal, sample) {
        guard difference.magnitude <= rules.voltageTolerance else {
          return failed(
            "meter and terminals see different voltages: a lead, a sense lead or the contactor is open",
            difference, rules.voltageTolerance, sample, "SAF-016")
        }
        enter(.pulseOff)
        return want(.zero)
      }
    }
    return waited(sample, start) ?? want(wanted)
  }

  /// A load that draws later than the weld test waited for it has shown nothing there.
  private mutating func slowLoad(_ current: Amperes, _ zero: Amperes, _ sample: Sample) -> Step? {
    let since = idleSince ?? sample.time
    idleSince = current.magnitude < zero ? since : Seconds(.infinity)
    let time = sample.time - since
    guard !isEmpty, current.magnitude >= zero, time > rules.settling else { return nil }
    return failed(
      "load draws later than the weld test waited: plausibility.settling is too short", time,
      rules.settling, sample)
  }

  /// Terminals' voltage less the cell's; zero for a device that reads none, nil while one is in doubt.
  private func difference(_ terminal: TerminalReadings, _ sample: Sample) -> Volts? {
    guard isEmpty ? rules.supplyReadsVoltage : rules.loadReadsVoltage else { return .zero }
    guard let own = terminal.voltage.valid, let cell = sample.cellVoltage.valid else { return nil }
    return own - cell
  }

  private func waited(_ sample: Sample, _ start: Seconds) -> Step? {
    guard sample.time - start > rules.patience else { return nil }
    let what =
      switch stage {
      case .weld: "load does not switch on for the weld test"
      case .weldOff, .pulseOff: "test current does not end"
      case .closing: "contactor does not close"
      default:
        count > 0
          ? "voltage at the terminals is not to be had while the test current flows"
          : "no test current through the cell: a lead, the fuse or the contactor is open"
      }
    return failed(
      what, sample.time - start, rules.patience, sample, stage == .pulse ? "SAF-016" : "SAF-014")
  }

  private func failed<Q: Quantity>(
    _ what: String, _ value: Q, _ limit: Q, _ sample: Sample, _ requirement: String = "SAF-014"
  ) -> Step {
    .failed(
      Trip(
        what: what, value: value.value, limit: limit.value, unit: Q.symbol, origin: .bench,
        time: sample.time, requirement: requirement))
  }
}
