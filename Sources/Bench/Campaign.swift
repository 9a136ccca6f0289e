public import DigitalTwin
public import Estimation
import Protocols
public import Quantities
import Records
public import Safety

/// The campaign on one cell: assimilates each sample and asks the active step what to do next.
///
/// Called by one thread only, once per control period. Pure but for the twin it owns.
public final class Campaign: @unchecked Sendable {
  // Unchecked: handed over whole to the twin thread before the first sample.
  let phases: [CampaignPhase]
  let twin: Twin
  let nominalCapacity: AmpereHours
  /// The limits of each phase: what ends a step that has no voltage end of its own, and how much a
  /// hold may ask for.
  let envelopes: [Envelope]
  /// Control period.
  let period: Seconds

  var phase = 0
  var machine: ProtocolMachine?
  var hold: VoltageHold?
  var identification: IdentifyProgress?
  var charge: ChargeProgress?
  /// When the last identification ended, s, and whether its goals were met.
  var identified: (at: Double, isMet: Bool)?
  var residuals = ResidualMonitor()
  /// Where the first arm of a comparison began.
  var firstArm: ArmStart?
  /// Steps begun so far in the run.
  var stepsBegun = 0
  /// Index within the phase of the step that runs.
  var stepText = ""
  var twinFailures = 0
  var chamber = ChamberMemory()
  var unixOffset = 0.0

  /// Control periods without an estimate after which a closed-loop charge is given up.
  static let patience = 30

  /// A campaign ready for its first sample.
  public init(
    phases: [CampaignPhase], twin: Twin, nominalCapacity: AmpereHours, envelopes: [Envelope],
    period: Seconds
  ) {
    self.phases = phases
    self.twin = twin
    self.nominalCapacity = nominalCapacity
    self.period = period
    self.envelopes = envelopes
  }

  /// What the twin believes of the cell's constants; nil before the first sample.
  public var constants: ConstantsBelief? { twin.filter?.constants }

  /// One control period: sample in, request out.
  package func decide(on sample: Sample) -> ControlOutput {
    var output = ControlOutput()
    unixOffset = sample.unixTime - sample.time.value
    output.estimate = assimilate(sample, &output)
    if restoresChamber(sample, &output) { return output }
    while phase < phases.count {
      if machine == nil, stepText.isEmpty { begin(sample, &output) }
      let isOver =
        switch phases[phase].work {
        case .steps: followSteps(sample, &output)
        case .charge(let work): charge(work, sample, &output)
        case .identify(let work): identify(work, sample, &output)
        }
      label(&output)
      guard isOver, output.outcome == nil else { return output }
      event(.info, "phase.ended", "\(phases[phase].name)", sample, &output)
      phase += 1
      machine = nil
      hold = nil
      identification = nil
      charge = nil
      stepText = ""
    }
    output.phase = phases.count - 1
    output.requested = .zero
    output.outcome = Outcome(status: 0, message: "campaign done")
    return output
  }

  private func begin(_ sample: Sample, _ output: inout ControlOutput) {
    event(
      .info, "phase.started", "\(phase + 1) of \(phases.count): \(phases[phase].name)", sample,
      &output)
    switch phases[phase].work {
    case .steps(let steps):
      machine = ProtocolMachine(steps: steps, nominalCapacity: nominalCapacity)
      stepText = "starting"
    case .charge, .identify:
      stepText = "starting"
    }
  }

  func label(_ output: inout ControlOutput) {
    output.phase = phase
    output.phases = phases.count
    output.phaseName = phases[phase].name
    output.step = stepsBegun
    output.stepText = stepText
  }

  private func assimilate(_ sample: Sample, _ output: inout ControlOutput) -> Estimate? {
    do {
      let estimate = try twin.assimilate(sample)
      twinFailures = 0
      if let outcome = twin.lastAssimilation?.voltage { residuals.note(outcome) }
      return estimate
    } catch {
      twinFailures += 1
      event(.warning, "twin.failed", "\(error)", sample, &output)
      return nil
    }
  }

  func event(
    _ severity: Event.Severity, _ id: String, _ message: String, _ sample: Sample,
    _ output: inout ControlOutput
  ) {
    output.events.append(
      Event(
        time: sample.time, unixTime: sample.unixTime, severity: severity, id: id,
        message: message))
  }
}
