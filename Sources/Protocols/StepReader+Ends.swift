import Quantities

extension StepReader {
  /// One end. Without `>` or `<` the side follows from the direction of the step's current.
  func end(_ text: Substring, of mode: ProtocolStep.Mode) throws(StepSyntaxError) -> StepEnd {
    if let bound = text.dropping("within ") { return .nearAmbient(try difference(bound)) }
    let sign: StepEnd.Side? =
      text.hasPrefix(">") ? .atLeast : text.hasPrefix("<") ? .atMost : nil
    let value = QuantityText.trim(sign == nil ? text : text.dropFirst())
    if let percent = value.dropping("SOC ") { return try stateOfCharge(percent, sign, mode) }
    if let percent = text.dropping("SOC <") { return try stateOfCharge(percent, .atMost, mode) }
    if let percent = text.dropping("SOC >") { return try stateOfCharge(percent, .atLeast, mode) }
    if let volts: Volts = QuantityText.parse(value) {
      guard volts > .zero else { throw refused("\"\(text)\": a voltage above zero is wanted") }
      return .voltage(try side(sign, mode, text), volts)
    }
    if let celsius: Celsius = QuantityText.parse(value) {
      let celsius = try temperature(Substring("\(celsius.value) degC"))
      // Current warms a cell: with one flowing the bound is reached from below.
      if sign == nil, mode.charges != nil { return .temperature(.atLeast, celsius) }
      if sign == nil, case .hold = mode { return .temperature(.atLeast, celsius) }
      return .temperature(try side(sign, mode, text), celsius)
    }
    guard sign == nil else {
      throw refused("\"\(text)\": > and < compare voltage, temperature and SOC only")
    }
    if let charge: AmpereHours = QuantityText.parse(value) {
      guard charge > .zero else { throw refused("\"\(text)\": a charge above zero is wanted") }
      return .charge(charge)
    }
    if let current = CurrentValue(value) {
      guard current.number > 0 else {
        throw refused("\"\(text)\": the magnitude of the current, above zero, is wanted")
      }
      if mode.isCurrentless { throw refused("\"\(text)\": no current flows in this step") }
      return .currentBelow(current)
    }
    throw refused(
      "\"\(text)\": an end is a voltage, a current, a C-rate, a charge in Ah, a temperature in "
        + "degC, \"SOC 10 %\" or \"within 0.5 K of ambient\"")
  }

  private func side(
    _ sign: StepEnd.Side?, _ mode: ProtocolStep.Mode, _ text: Substring
  ) throws(StepSyntaxError) -> StepEnd.Side {
    if let sign { return sign }
    guard let charges = mode.charges else {
      throw refused("\"\(text)\": this step has no direction: \"> \(text)\" or \"< \(text)\"")
    }
    return charges ? .atLeast : .atMost
  }

  private func stateOfCharge(
    _ text: Substring, _ sign: StepEnd.Side?, _ mode: ProtocolStep.Mode
  ) throws(StepSyntaxError) -> StepEnd {
    guard let fraction: StateOfCharge = QuantityText.parse(text),
      (0...1).contains(fraction.value)
    else { throw refused("\"\(text)\": a state of charge of 0 % to 100 % is wanted") }
    return .stateOfCharge(try side(sign, mode, "SOC \(QuantityText.trim(text))"), fraction)
  }

  private func difference(_ text: Substring) throws(StepSyntaxError) -> Kelvins {
    guard text.hasSuffix(" of ambient"),
      let bound: Kelvins = QuantityText.parse(text.dropLast(" of ambient".count)), bound > .zero
    else { throw refused("\"within \(text)\": as in \"within 0.5 K of ambient\" is wanted") }
    return bound
  }
}

extension ProtocolStep.Mode {
  /// Whether the step's current charges; nil where it has no direction of its own.
  var charges: Bool? {
    switch self {
    case .current(let value), .currentThenHold(let value, _): value.number > 0
    case .power(let watts): watts > .zero
    case .resistance: false
    case .rest, .hold, .chamber: nil
    }
  }

  /// Whether no current flows in the step.
  var isCurrentless: Bool {
    switch self {
    case .rest, .chamber: true
    case .current, .hold, .currentThenHold, .power, .resistance: false
    }
  }

  /// Whether an instrument can do it.
  var isForBench: Bool {
    switch self {
    case .power, .resistance: false
    case .rest, .current, .hold, .currentThenHold, .chamber: true
    }
  }
}
