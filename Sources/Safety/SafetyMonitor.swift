public import Quantities

/// Judges every scan: the envelope's absolute limits, and what only history shows.
///
/// One pure state machine, sample in, verdict out, on no clock but the sample's. Allocates nothing.
///
/// Safety promises: S4 (rates, budgets, delays), S5 (plausibility), S11 (deep discharge), S12
/// (runaway), S15 (interlocks), S16 (sense).
public struct SafetyMonitor: Sendable {
  /// What it holds against the sample.
  public let rules: MonitorRules
  var precharge = Precharge()
  var setPoints = SetPointWindow()
  var rates = CellRates()
  var budgets = Budgets()
  var since = InlineArray<8, Double>(repeating: .nan)
  var heating = InlineArray<4, Heating>(repeating: Heating())
  var airs = InlineArray<4, SlopeWindow>(repeating: SlopeWindow(span: 60))
  var streaks = CrossStreaks()
  var frozen = FrozenReadings()
  var rest = RestWatch()
  var drop = DropWatch()

  /// A monitor before its first sample.
  public init(rules: MonitorRules) { self.rules = rules }

  /// Judges one sample. Called once on every scan, before anything else can.
  public mutating func verdict(
    on sample: Sample, within envelope: Envelope, drive: DriveReport
  ) -> Verdict {
    setPoints.set(drive.setPoint.value, at: sample.time.value)
    let zero = envelope.rules.zeroCurrent
    if sample.cellVoltage.value.isFinite, sample.current.value.isFinite,
      let trip = precharge.next(
        sample, rules: rules.precharge, zero: zero, isDriven: drive.setPoint > .zero)
    {
      return .trip(trip)
    }
    if case .trip(let trip) = envelope.verdict(on: sample, isPrecharging: precharge.isOn) {
      return .trip(trip)
    }
    // From here on voltage and current are numbers, and there is a surface temperature.
    rates.add(sample, resting: sample.current.value.magnitude < zero)
    budgets.add(sample, step: drive.step)
    let trip =
      softTrip(sample, envelope) ?? deratingTrip(sample, envelope) ?? crossTrip(sample, envelope)
      ?? commandTrip(sample, drive) ?? frozenTrip(sample) ?? dropTrip(sample)
      ?? runawayTrip(sample, envelope)
    return trip.map { .trip($0) } ?? .ok
  }

  /// Checks a requested current against the envelope, and against the gentleness that a cell found
  /// below its window wants (S11).
  public func admit(
    _ requested: Amperes, present: Amperes, on sample: Sample, within envelope: Envelope
  ) -> Admission {
    guard precharge.isOn else { return envelope.admit(requested, present: present, on: sample) }
    let gentle = min(max(requested, .zero), rules.precharge.current)
    var admission = envelope.admit(
      requested.isFinite ? gentle : requested, present: present, on: sample,
      isPrecharging: true)
    if requested.isFinite, gentle != requested, admission.clamp == nil {
      admission.clamp = .init(
        what: "cell below its window: precharge only", value: requested.value,
        limit: rules.precharge.current.value, unit: Amperes.symbol)
    }
    return admission
  }

  func trip(
    _ what: String, _ value: Double, _ limit: Double, _ unit: String, _ sample: Sample,
    _ requirement: String, origin: LimitLayer.Origin = .bench
  ) -> Trip {
    Trip(
      what: what, value: value, limit: limit, unit: unit, origin: origin, time: sample.time,
      requirement: requirement)
  }
}
