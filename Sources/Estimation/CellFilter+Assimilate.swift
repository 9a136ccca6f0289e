import Electrochemistry

extension CellFilter {
  /// Moves on to `time` under `input` and takes the readings of that instant in.
  ///
  /// The readings were made while `input.current` flowed. When the transition fails, belief and
  /// `time` are those of before the call; when the update fails, those of the prediction. After three
  /// errors in a row the filter restarts from a rested cell with a wide state of charge.
  /// - Parameters:
  ///   - time: s, never before the last one; the first call makes no transition.
  ///   - voltage: V; NaN when there is none.
  ///   - thermometers: K of thermometer number 0 and up; NaN where there is none.
  ///   - reference: potential of the negative electrode against a reference electrode in the separator, V;
  ///     NaN where there is none.
  public mutating func assimilate(
    _ input: CellInput, at time: Double, voltage: Double, thermometers: (Int) -> Double,
    reference: Double = .nan
  ) throws(EstimationError) -> Assimilation {
    do {
      let duration = time - (self.time ?? time)
      try predict(input, to: time)
      var input = input
      let skewed = skew.uncertainty(
        input, at: time, duration: duration, spread: configuration.skewSpread,
        noise: configuration.currentNoise)
      input.steadyCurrent = steadyCurrent.mean(
        with: input.current, noise: configuration.currentNoise)
      let result = try update(
        input, voltage: voltage, thermometers: thermometers, reference: reference, skewed: skewed)
      (failures, restsInARow) = (0, 0)
      watch(at: time)
      watchAmbient(at: time)
      return result
    } catch {
      failures += 1
      if failures >= 3 { restartRested() }
      throw error
    }
  }

  /// Moves on to `time` without readings, in steps of at most `longestStep`.
  public mutating func predict(
    _ input: CellInput, to time: Double
  ) throws(EstimationError) {
    guard time.isFinite, time >= self.time ?? time else {
      throw EstimationError(.input, "filter: time \(time) s is before \(self.time ?? .nan) s")
    }
    let duration = time - (self.time ?? time)
    let parts = max(1, (duration / configuration.longestStep).rounded(.up))
    let start = input.currentAtStart ?? input.current
    // Each part that succeeds is a belief of its own time, so that an error half way loses nothing.
    for part in 0..<Int(parts) where duration > 0 {
      var step = input
      step.currentAtStart = start + (input.current - start) * Double(part) / parts
      step.current = start + (input.current - start) * Double(part + 1) / parts
      try filter.predict(step, duration: duration / parts)
      self.time = time - duration * (1 - Double(part + 1) / parts)
    }
    self.time = time
  }

  /// Belief at the present time, as if `input` flowed.
  public mutating func belief(_ input: CellInput) throws(EstimationError) -> CellBelief {
    try filter.measure(input)
    return belief()
  }

  /// Belief by the filter's outputs as they stand.
  private func belief() -> CellBelief {
    func normal(_ quantity: FilteredOutput) -> Normal {
      let value = filter.output(quantity.rawValue)
      return Normal(value.mean, sd: value.variance.squareRoot())
    }
    var belief = CellBelief()
    belief.voltage = normal(.voltage)
    belief.temperature = normal(.temperature)
    belief.stateOfCharge = normal(.stateOfCharge)
    belief.negativeSurfaceStoichiometry = normal(.negativeSurfaceStoichiometry)
    belief.positiveSurfaceStoichiometry = normal(.positiveSurfaceStoichiometry)
    belief.discrepancy = entry(world.layout.discrepancy)
    belief.openCircuitVoltage = world.openCircuitVoltage(filter.mean)
    let potential = filter.output(FilteredOutput.negativePotentialAtSeparator.rawValue)
    let own = configuration.separatorDiscrepancySD
    belief.negativePotentialAtSeparator = Normal(
      potential.mean, sd: (potential.variance + own * own).squareRoot())
    filter.complete(&belief)
    return belief
  }

  private mutating func update(
    _ input: CellInput, voltage: Double, thermometers: (Int) -> Double, reference: Double,
    skewed: Double
  ) throws(EstimationError) -> Assimilation {
    var result = Assimilation()
    try filter.measure(input)
    let prediction = filter.output(FilteredOutput.voltage.rawValue)
    // By how far the current may be off, once by its noise and once by when it was read.
    let ofCurrent = filter.noiseVariance(of: FilteredOutput.voltage.rawValue)
    let spread = skewed / configuration.currentNoise
    let ofModel =
      configuration.overpotentialError > 0
      ? configuration.overpotentialError
        * (prediction.mean - world.openCircuitVoltage(filter.mean)) : 0
    let noise =
      configuration.voltageNoise * configuration.voltageNoise
      + ofCurrent * (1 + spread * spread)
      + ofModel * ofModel
    result.predictedVoltage = Normal(
      prediction.mean, sd: (prediction.variance + noise).squareRoot())

    readings[0] = ChannelReading(
      output: FilteredOutput.voltage.rawValue, value: reading(voltage, of: 0), variance: noise)
    let thermometer = configuration.temperatureNoise * configuration.temperatureNoise
    for number in 0..<thermometerCount {
      readings[number + 1] = ChannelReading(
        output: FilterLayout.thermometer(number),
        value: reading(thermometers(number), of: number + 1),
        variance: thermometer)
    }
    let ofSeparator = configuration.separatorDiscrepancySD
    readings[referenceChannel] = ChannelReading(
      output: FilteredOutput.negativePotentialAtSeparator.rawValue,
      value: reading(reference, of: referenceChannel),
      variance: configuration.referenceNoise * configuration.referenceNoise
        + ofSeparator * ofSeparator)
    try assimilateReadings(input)
    if skewed == 0 { try followBeyondGate(input) }
    result.voltage = outcomes[0]
    for outcome in outcomes {
      switch outcome.fate {
      case .used:
        result.assimilatedChannels += 1
        result.normalisedInnovationSquared += outcome.normalisedSquare
      case .gated: result.gatedChannels += 1
      case .missing: break
      }
    }
    result.belief = belief()
    // At an edge a gated voltage may be that of another instant.
    let isOfAnotherInstant = outcomes[0].fate == .gated && skewed > 0
    if !isOfAnotherInstant, monitor.diverged(outcomes[0]) { widen() }
    result.restarted = restartPending
    restartPending = false
    return result
  }

  private mutating func assimilateReadings(_ input: CellInput) throws(EstimationError) {
    try Self.update(
      &filter, readings, input: input, gate: configuration.gate, outcomes: &outcomes)
  }

  /// After `gatePatience` a gated voltage once more, with the noise that puts it on the gate. What became of it stays said.
  private mutating func followBeyondGate(_ input: CellInput) throws(EstimationError) {
    let (outcome, gate, now) = (outcomes[0], configuration.gate, time ?? 0)
    guard outcome.fate == .gated, outcome.innovation.isFinite else {
      if outcome.fate == .used { gatedSince = .infinity }
      return
    }
    gatedSince = min(gatedSince, now)
    guard now - gatedSince >= configuration.gatePatience else { return }
    for channel in bentReadings.indices { bentReadings[channel].value = .nan }
    bentReadings[0] = readings[0]
    bentReadings[0].variance +=
      outcome.innovation * outcome.innovation / (gate * gate) - outcome.variance
    try Self.update(
      &filter, bentReadings, input: input, gate: .infinity, outcomes: &bentOutcomes)
  }

  private static func update(
    _ filter: inout any CellStateFilter, _ readings: [ChannelReading], input: CellInput,
    gate: Double, outcomes: inout [ChannelOutcome]
  ) throws(EstimationError) {
    try readings.withUnsafeBufferPointer { readings throws(EstimationError) in
      try outcomes.withUnsafeMutableBufferPointer { outcomes throws(EstimationError) in
        try filter.update(readings, input: input, gate: gate, outcomes: outcomes)
      }
    }
  }
}
