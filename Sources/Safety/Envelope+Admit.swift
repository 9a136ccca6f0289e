public import Quantities

extension Envelope {
  /// Checks a requested current against the envelope: staleness, direction change through measured
  /// zero, temperature windows and derating, current range, voltage window, slew.
  ///
  /// - Parameter requested: positive charges. NaN is refused.
  /// - Parameter present: the set-point in force.
  public func admit(_ requested: Amperes, present: Amperes, on sample: Sample) -> Admission {
    admit(requested, present: present, on: sample, isPrecharging: false)
  }

  func admit(
    _ requested: Amperes, present: Amperes, on sample: Sample, isPrecharging: Bool
  ) -> Admission {
    guard requested.isFinite else { return refused("request is not a number", requested.value, 0) }
    if requested == .zero { return Admission(current: .zero, clamp: nil) }
    guard let surface = surfaceRange(sample) else {
      return refused("no valid surface temperature", .nan, rules.ageLimit.value, "s")
    }
    if case .trip(let trip) = verdict(on: sample, isPrecharging: isPrecharging) {
      return refused(trip.what, trip.value, trip.limit, trip.unit)
    }
    let charging = requested.value > 0
    let measured = sample.current.value.value
    if abs(measured) >= rules.zeroCurrent.value, (measured > 0) != charging {
      return refused("direction change before measured zero", measured, rules.zeroCurrent.value)
    }
    if let refusal = windowRefusal(surface, charging: charging) { return refusal }

    var admission = Admission(current: requested, clamp: nil)
    clampRange(&admission, charging: charging)
    for table in charging ? chargeTables : dischargeTables {
      let allowed = table.allowed(from: surface.low, to: surface.high)
      admission.reduce(to: allowed, "derating table at this temperature")
    }
    clampVoltage(&admission, charging: charging, present: present, sample: sample)
    let reach = abs(present.value) + rules.slew.value
    admission.reduce(to: reach, "slew")
    return admission
  }

  private func refused(
    _ what: String, _ value: Double, _ limit: Double, _ unit: String = Amperes.symbol
  ) -> Admission {
    Admission(
      current: .zero, clamp: .init(what: what, value: value, limit: limit, unit: unit))
  }

  private func windowRefusal(_ surface: (low: Celsius, high: Celsius), charging: Bool)
    -> Admission?
  {
    for kind in [LimitKind.temperature, charging ? .chargeTemperature : .dischargeTemperature] {
      guard let limits = bounds[kind] else { continue }
      if surface.low.value < limits.operateLow.value {
        return refused(
          "\(kind.rawValue) below operate limit", surface.low.value, limits.operateLow.value,
          "degC")
      }
      if surface.high.value > limits.operateHigh.value {
        return refused(
          "\(kind.rawValue) above operate limit", surface.high.value, limits.operateHigh.value,
          "degC")
      }
    }
    return nil
  }

  private func clampRange(_ admission: inout Admission, charging: Bool) {
    guard let limits = bounds[.current] else { return }
    let allowed = charging ? limits.operateHigh.value : -limits.operateLow.value
    admission.reduce(to: max(0, allowed), "current above operate limit")
  }

  /// Past the operate voltage the magnitude may not grow; well past it nothing flows that way.
  private func clampVoltage(
    _ admission: inout Admission, charging: Bool, present: Amperes, sample: Sample
  ) {
    guard let limits = bounds[.voltage] else { return }
    let voltage = sample.cellVoltage.value.value
    let excess =
      charging ? voltage - limits.operateHigh.value : limits.operateLow.value - voltage
    guard excess > 0 else { return }
    let sameWay = (present.value > 0) == charging
    let keep = excess <= rules.holdTolerance.value && sameWay ? abs(present.value) : 0
    admission.reduce(to: keep, "voltage at operate limit")
  }
}

extension Admission {
  /// Lowers the magnitude to `allowed`, and remembers why.
  fileprivate mutating func reduce(to allowed: Double, _ what: String) {
    let asked = abs(current.value)
    guard asked > allowed else { return }
    clamp = Clamp(what: what, value: asked, limit: allowed, unit: Amperes.symbol)
    current = Amperes(current.value > 0 ? allowed : -allowed)
  }
}
