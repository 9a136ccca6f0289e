import CRealtime
import Instruments
import Quantities
import Records
import Safety

/// The scan thread: acquire, judge, record, (assimilate, decide,) admit, actuate.
///
/// Before the campaign and after it the start check shows that the contactor breaks the circuit (S14).
///
/// One instance runs one campaign on one bench, once, on the calling thread. Judging and making safe
/// use neither the twin nor the journal.
public final class ScanLoop {
  let configuration: BenchConfiguration
  let supervision: Supervision
  let heart: HeartWatch
  let ports: [PortThread]
  let control: ControlThread
  var assembly: SampleAssembly
  var drive = DriveMachine()
  var monitor: SafetyMonitor
  var stage: Stage
  var recent: RecentSamples
  /// Set-point in force; positive charges.
  var setPoint = Amperes.zero
  /// Whether the contactor was held in the scan before.
  var heldContactor = false
  /// Since when it has been held, pace time.
  var heldSince = Seconds.zero
  /// When it was last told to hold, pace time.
  var lastArmed = Seconds.zero
  /// Whether an order to the contactor has not been looked at yet.
  var contactorAsked = false
  /// When the next scan is due, ns of the monotonic clock.
  var nextDue: Int64?
  /// When the sample in hand was taken, ns of the monotonic clock.
  var sampleTaken: Int64 = 0
  /// When supply and load were last free to take a command.
  var lastFree = Seconds.zero
  /// Latest output of the campaign and when it was made.
  var output = ControlOutput()
  var outputTime = Seconds.zero
  /// The phase whose limits judge, and when the campaign's phase last changed.
  var judgingPhase = 0
  var phaseSince = Seconds.zero
  var scan = 0
  /// Time of the run.
  var now = Seconds.zero
  var deadlineMisses = 0
  var timing = ScanTiming()
  /// Pace of the rig's clock when the run began.
  var paceOrigin: Double?
  /// ns of the monotonic clock at time 0 of the run.
  var monotonicStart: Int64 = 0
  /// Where a run that was stopped goes on; nil: it begins.
  let resumption: Resumption?

  /// A loop ready to run; starts the port and twin threads.
  ///
  /// - Parameter resumption: of a run that was stopped, whose `campaign` was brought to where it was.
  public init(
    configuration: BenchConfiguration, campaign: Campaign, supervision: Supervision,
    resumption: Resumption? = nil
  ) {
    self.resumption = resumption
    self.configuration = configuration
    self.supervision = supervision
    heart = HeartWatch(send: supervision.beat)
    ports = configuration.wiring.ports.map { port in
      PortThread(
        name: port.name, instruments: port.instruments.map { configuration.instruments[$0] },
        priority: configuration.pace == .real ? RealTime.portPriority : nil)
    }
    control = ControlThread(campaign)
    assembly = SampleAssembly(configuration.wiring, start: resumption?.time ?? .zero)
    monitor = SafetyMonitor(rules: configuration.monitor)
    stage = .starting(StartCheck(rules: configuration.startCheck))
    recent = RecentSamples(scan: configuration.scan)
    if let resumption { goOn(from: resumption) }
  }

  /// Runs the campaign to its end, makes the bench safe whatever happens, and says how it ended.
  public func run() -> Outcome {
    if configuration.pace == .real, let problem = RealTime.enter() {
      event(.warning, "run.not_real_time", problem)
    }
    if resumption == nil { monotonicStart = lockstep_monotonic_nanoseconds() }
    let outcome = open() ?? scans()
    return finish(outcome)
  }

  private func scans() -> Outcome {
    // Opening took its time; a device's first answer may, too.
    startClock()
    acquire(budget: 5_000_000_000)
    startClock()
    while true {
      timing.begin(now: lockstep_monotonic_nanoseconds())
      if let outcome = supervision.interruption() ?? advancePace() ?? contactorFault() {
        return outcome
      }
      acquire()
      let sample = takeSample()
      if let outcome = judge(sample) { return outcome }
      if let outcome = heart.holdUp() ?? driveContactor(sample) ?? steer(sample) { return outcome }
      record(.timing(timing.row(scan: scan, now: lockstep_monotonic_nanoseconds())))
      scan += 1
    }
  }

  func takeSample() -> Sample {
    // What still flows after a stop flows the way that it flowed.
    assembly.isSinking =
      setPoint < .zero || drive.state == .sinking
      || assembly.isSinking && drive.state == .settling
    let sample = assembly.sample(
      scan: scan, time: now, unixTime: configuration.unixStart + now.value, from: ports)
    sampleTaken = lockstep_monotonic_nanoseconds()
    timing.acquired(now: sampleTaken)
    return sample
  }

  private func judge(_ sample: Sample) -> Outcome? {
    if sample.current.time - phaseSince >= configuration.monitor.plausibility.settling {
      judgingPhase = output.phase
    }
    let verdict = monitor.verdict(
      on: sample, within: envelope,
      drive: DriveReport(
        setPoint: setPoint, ceiling: configuration.wiring.sourceCeiling,
        holdsContactor: drive.holdsContactor, step: output.step))
    record(.sample(sample, step: output.step, phase: output.phase))
    recent.append(sample)
    guard case .trip(let trip) = verdict else { return nil }
    return tripped(trip)
  }

  /// The devices are told before anything is written about it.
  func tripped(_ trip: Trip) -> Outcome {
    drive.makeSafe()
    makeAllSafeNow()
    let line =
      "\(trip.what): \(trip.value) \(trip.unit), allowed \(trip.limit) \(trip.unit) "
      + "(\(trip.origin.rawValue) limit, \(trip.requirement)) at \(trip.time.value) s"
    event(.trip, "trip", line)
    return Outcome(status: 1, message: "trip: \(line); outputs off", trip: trip)
  }

  /// The limits that judge. A new phase's judge once the current of the one before had time to follow.
  var envelope: Envelope { envelope(of: judgingPhase) }

  func envelope(of phase: Int) -> Envelope {
    configuration.envelopes[min(phase, configuration.envelopes.count - 1)]
  }

  /// Records go to a bounded queue; one that was not taken shows as `journalFailure`.
  func record(_ record: Record) { _ = supervision.sink(record) }

  func event(_ severity: Event.Severity, _ id: String, _ message: String) {
    record(
      .event(
        Event(
          time: now, unixTime: configuration.unixStart + now.value, severity: severity, id: id,
          message: message)))
  }
}
