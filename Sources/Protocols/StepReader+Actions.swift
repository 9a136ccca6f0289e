import Quantities

extension StepReader {
  func mode(_ action: Substring) throws(StepSyntaxError) -> ProtocolStep.Mode {
    if action == "Rest" { return .rest }
    if let value = action.dropping("Charge at ") { return try drive(value, charging: true) }
    if let value = action.dropping("Discharge at ") { return try drive(value, charging: false) }
    if let value = action.dropping("Hold at ") { return .hold(try voltage(value)) }
    if let value = action.dropping("Chamber at ") { return .chamber(try temperature(value)) }
    throw refused(
      "\"Rest\", \"Charge at\", \"Discharge at\", \"Hold at\" or \"Chamber at\" is wanted first")
  }

  private func drive(
    _ value: Substring, charging: Bool
  ) throws(StepSyntaxError) -> ProtocolStep.Mode {
    let parts = value.split(separator: " ")
    // "C/3 to 4.2 V": the word stands alone, so that no unit is mistaken for it.
    if let to = parts.firstIndex(of: "to") {
      let current = parts[..<to].joined(separator: " ")
      let voltage = parts[(to + 1)...].joined(separator: " ")
      return .currentThenHold(
        try self.current(current, charging: charging), try self.voltage(Substring(voltage)))
    }
    if let watts = QuantityText.parse(value, as: Watts.self) {
      return try power(watts, value, charging: charging)
    }
    if let ohms = QuantityText.parse(value, as: Ohms.self) {
      return try resistance(ohms, value, charging: charging)
    }
    return .current(try current(String(value), charging: charging))
  }

  private func power(
    _ watts: Watts, _ text: Substring, charging: Bool
  ) throws(StepSyntaxError) -> ProtocolStep.Mode {
    guard grammar == .simulation else { throw simulationOnly("a power", text) }
    guard watts > .zero else {
      throw refused("\"\(text)\": a power above zero is wanted; the action gives the sign")
    }
    return .power(charging ? watts : -watts)
  }

  private func resistance(
    _ ohms: Ohms, _ text: Substring, charging: Bool
  ) throws(StepSyntaxError) -> ProtocolStep.Mode {
    guard grammar == .simulation else { throw simulationOnly("a resistance", text) }
    guard !charging else {
      throw refused("\"\(text)\": a resistance discharges: \"Discharge at \(text)\" is wanted")
    }
    guard ohms > .zero else {
      throw refused("\"\(text)\": a resistance above zero is wanted")
    }
    return .resistance(ohms)
  }

  private func simulationOnly(_ what: String, _ text: Substring) -> StepSyntaxError {
    refused(
      "\"\(text)\": \(CurrentValue.wanted) is wanted; \(what) is held in lockstep simulate only")
  }

  private func current(_ text: String, charging: Bool) throws(StepSyntaxError) -> CurrentValue {
    guard let value = CurrentValue(text) else {
      if QuantityText.parse(text, as: Volts.self) != nil {
        throw refused("a voltage is held, not charged at: \"Hold at \(text)\" is wanted")
      }
      throw refused("\"\(text)\": \(CurrentValue.wanted) is wanted")
    }
    guard value.number > 0 else {
      throw refused("\"\(text)\": a current above zero is wanted; the action gives the sign")
    }
    return charging ? value : -value
  }

  func voltage(_ text: Substring) throws(StepSyntaxError) -> Volts {
    guard let volts: Volts = QuantityText.parse(text), volts > .zero else {
      throw refused("\"\(text)\": \(QuantityText.wanted(Volts.self)) above zero is wanted")
    }
    return volts
  }

  func temperature(_ text: Substring) throws(StepSyntaxError) -> Celsius {
    guard let celsius: Celsius = QuantityText.parse(text), celsius > Celsius(-100),
      celsius < Celsius(200)
    else { throw refused("\"\(text)\": a temperature in degC is wanted") }
    return celsius
  }
}
