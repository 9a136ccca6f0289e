import Quantities

/// Whether the cell was found below its window, and what may be done with it then (S11).
struct Precharge: Sendable {
  private enum State: Sendable {
    /// No voltage seen yet.
    case unseen
    /// Inside its window when found, or brought back into it.
    case over
    /// Below its window: gentle charge only. Seconds of charge so far, and when last looked.
    case on(charged: Double, last: Double)
  }

  private var state = State.unseen

  /// Whether only a gentle charge is allowed.
  var isOn: Bool {
    if case .on = state { true } else { false }
  }

  /// Looks at a sample whose voltage and current are numbers. `isDriven`: a charge is commanded, too small
  /// to be told from none or not.
  mutating func next(_ sample: Sample, rules: PrechargeRules, zero: Amperes, isDriven: Bool)
    -> Trip?
  {
    let voltage = sample.cellVoltage.value.value
    let floor = rules.openCircuit.lowerBound.value
    switch state {
    case .over: return nil
    case .unseen:
      guard sample.cellVoltage.quality == .good else { return nil }
      if let trip = refusal(voltage, sample, rules) { return trip }
      let highest = rules.openCircuit.upperBound + rules.tolerance
      guard sample.cellVoltage.value <= highest else {
        return Trip(
          what: "open-circuit voltage above the window of this chemistry", value: voltage,
          limit: rules.openCircuit.upperBound.value, unit: Volts.symbol, origin: .cell,
          time: sample.time, requirement: "SAF-017")
      }
      state = voltage < floor ? .on(charged: 0, last: sample.time.value) : .over
      return nil
    case .on(let charged, let last):
      if voltage >= floor {
        state = .over
        return nil
      }
      let isCharging = isDriven || sample.current.value >= zero
      let spent = charged + (isCharging ? sample.time.value - last : 0)
      state = .on(charged: spent, last: sample.time.value)
      guard spent <= rules.time.value else {
        return Trip(
          what: "precharge did not bring the cell to \(floor) V in time", value: spent,
          limit: rules.time.value, unit: Seconds.symbol, origin: .cell, time: sample.time,
          requirement: "SAF-011")
      }
      return refusal(voltage, sample, rules)
    }
  }

  private func refusal(_ voltage: Double, _ sample: Sample, _ rules: PrechargeRules) -> Trip? {
    func trip(_ what: String, _ limit: Volts, _ requirement: String = "SAF-011") -> Trip {
      Trip(
        what: what, value: voltage, limit: limit.value, unit: Volts.symbol, origin: .cell,
        time: sample.time, requirement: requirement)
    }
    if voltage <= -rules.absentBelow.value {
      return trip("cell or meter leads are reversed", .zero, "SAF-005")
    }
    if voltage < rules.absentBelow.value {
      return trip("cell is reversed, shorted or absent", rules.absentBelow)
    }
    if voltage < rules.refuseBelow.value {
      return trip("cell was discharged too deeply to be charged ever", rules.refuseBelow)
    }
    return nil
  }
}
