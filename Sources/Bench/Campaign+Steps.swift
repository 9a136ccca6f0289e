import Protocols
import Quantities
import Records
import Safety

extension Campaign {
  /// Follows the phase's protocol. True when it is finished.
  func followSteps(_ sample: Sample, _ output: inout ControlOutput) -> Bool {
    guard var machine else { return true }
    defer { self.machine = machine }
    let observation = Observation(
      time: sample.time, cellVoltage: sample.cellVoltage.valid, current: sample.current.valid,
      surfaceTemperature: sample.surfaceMean, ambient: sample.ambient.valid,
      stateOfCharge: output.estimate.map { StateOfCharge($0.stateOfCharge.mean) })
    while true {
      switch machine.next(observation) {
      case .stepStarted(let index):
        stepsBegun += 1
        hold = nil
        stepText = machine.steps[index].text
        event(.info, "step.started", "\(stepsBegun): \(stepText)", sample, &output)
      case .stepEnded(_, let ending):
        event(.info, "step.ended", "\(stepsBegun): \(ending)", sample, &output)
      case .finished:
        return true
      case .rest:
        request(.zero, sample, &output)
        return false
      case .current(let current):
        request(current, sample, &output)
        return false
      case .hold(let voltage, let direction):
        requestHold(voltage, charging: direction == .charge, sample, &output)
        return false
      case .chamber(let temperature):
        output.chamber = temperature
        chamber.setPoint = temperature
        request(.zero, sample, &output)
        return false
      }
    }
  }

  private func request(_ current: Amperes, _ sample: Sample, _ output: inout ControlOutput) {
    hold = nil
    output.requested = current
    output.binding = .step
    output.outcome = cutOff(current, sample)
  }

  private func requestHold(
    _ voltage: Volts, charging: Bool, _ sample: Sample, _ output: inout ControlOutput
  ) {
    var hold =
      self.hold
      ?? VoltageHold(from: sample.current.valid?.value ?? 0, charging: charging)
    let measured = sample.cellVoltage.valid ?? voltage
    output.requested = Amperes(
      hold.next(target: voltage.value, measured: measured.value, limit: holdLimit))
    self.hold = hold
    output.binding = .step
    output.reason = "held at \(voltage)"
  }

  /// Largest magnitude that a hold may ask for, A.
  private var holdLimit: Double {
    envelopes[phase].band(.current).map { min($0.operateHigh, -$0.operateLow) } ?? 0
  }

  /// The cell's own window ends a step that would run past it (exit status 1). The meter's noise
  /// around a voltage that the step itself ends on is not past it.
  private func cutOff(_ current: Amperes, _ sample: Sample) -> Outcome? {
    guard let voltage = sample.cellVoltage.valid?.value,
      let measured = sample.current.valid?.value, measured * current.value > 0
    else { return nil }
    let tolerance = envelopes[phase].rules.holdTolerance.value
    guard let window = envelopes[phase].band(.voltage) else { return nil }
    let low = window.operateLow - tolerance
    let high = window.operateHigh + tolerance
    if current < .zero, voltage < low {
      return Outcome(
        status: 1, message: "cut-off: \(voltage) V below \(low) V in \"\(stepText)\"")
    }
    if current > .zero, voltage > high {
      return Outcome(
        status: 1, message: "cut-off: \(voltage) V above \(high) V in \"\(stepText)\"")
    }
    return nil
  }
}
