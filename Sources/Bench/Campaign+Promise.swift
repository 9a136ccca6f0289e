import DigitalTwin
import Prescription
import Protocols
import Quantities
import Records
import Safety

extension Campaign {
  /// Says what the charge is expected to be, and begins its step.
  func promise(
    _ work: ChargeWork, _ progress: inout ChargeProgress, _ rehearsed: ChargePrescription?,
    _ bands: ChargeBands?, _ sample: Sample, _ output: inout ControlOutput
  ) {
    let name = startStep(work, progress.policy, sample, &output)
    progress.stage = .charging
    progress.start = sample.time
    progress.happened.policy = name
    progress.happened.stateOfChargeStart = output.estimate?.stateOfCharge.mean ?? .nan
    progress.happened.temperatureStart = sample.surfaceMean?.value ?? .nan

    var promised = ChargeRecord(.promised, time: sample.time, phase: phase, policy: name)
    promised.stateOfChargeStart = progress.happened.stateOfChargeStart
    promised.stateOfChargeEnd = work.limits.targetStateOfCharge.value
    promised.temperatureStart = progress.happened.temperatureStart
    let k = work.limits.confidence
    if case .cccv(let current?, let voltage?) = progress.policy {
      let volts = min(voltage, work.limits.voltage).value
      let fixed = work.limits.cccv(current: current.value, voltage: volts)
      if let outlook = try? twin.outlook(fixed, step: 60, bands: bands) {
        promised.take(outlook.duration, outlook.instants.map(\.worst), confidence: k)
      }
    } else if let rehearsed {
      promised.take(rehearsed.duration, rehearsed.steps.map(\.worst), confidence: k)
    }
    if promised.duration.isFinite,
      let band = try? twin.durationBand(
        progress.policy, work.limits, bands: bands, about: promised.duration,
        ambient: progress.chamber?.best?.setPoint)
    {
      promised.durationBand = (band.low ?? .nan, band.high ?? .nan)
    }
    output.charges.append(promised)
    event(.info, "charge.promised", promised.words, sample, &output)
  }

  /// The policy's full name; its step begins.
  private func startStep(
    _ work: ChargeWork, _ policy: ChargePolicy, _ sample: Sample, _ output: inout ControlOutput
  ) -> String {
    let target = "\(Int((work.limits.targetStateOfCharge.value * 100).rounded())) %"
    guard case .cccv(let current?, let voltage?) = policy else {
      stepsBegun += 1
      stepText = "\(policy.name) to \(target)"
      event(.info, "step.started", "\(stepsBegun): \(stepText)", sample, &output)
      return policy.name
    }
    let volts = min(voltage, work.limits.voltage)
    let name = "cccv \(Self.short(current.value)) A, \(Self.short(volts.value)) V"
    machine = ProtocolMachine(
      steps: [
        ProtocolStep(
          mode: .currentThenHold(.amperes(current), volts),
          ends: [.stateOfCharge(.atLeast, work.limits.targetStateOfCharge)],
          text: "\(name) to \(target)")
      ], nominalCapacity: nominalCapacity)
    return name
  }

  /// Closes the books of a charge.
  func end(
    _ progress: ChargeProgress, _ missed: String?, _ sample: Sample, _ output: inout ControlOutput
  ) {
    var happened = progress.happened
    happened.time = sample.time
    output.charges.append(happened)
    returnChamber(progress, &output)
    if let missed {
      event(.warning, "charge.missed", "\(missed); \(happened.words)", sample, &output)
    } else {
      event(.info, "charge.ended", happened.words, sample, &output)
    }
  }

  /// Both arms of a comparison start rested, at equal charge and temperature, or it is said that they do not.
  func noteArm(_ sample: Sample, _ output: inout ControlOutput) {
    guard phases[phase].arm != nil, let estimate = output.estimate else { return }
    let charge = estimate.stateOfCharge.mean
    let celsius = sample.surfaceMean?.value ?? estimate.temperature.mean
    guard let first = firstArm else {
      firstArm = ArmStart(stateOfCharge: charge, celsius: celsius)
      return
    }
    var reasons: [String] = []
    if abs(charge - first.stateOfCharge) > ArmStart.chargeTolerance {
      reasons.append(
        "state of charge \(Self.short(100 * charge)) %, the first arm's "
          + "\(Self.short(100 * first.stateOfCharge)) %")
    }
    if abs(celsius - first.celsius) > ArmStart.temperatureTolerance {
      reasons.append(
        "\(Self.short(celsius)) degC, the first arm's \(Self.short(first.celsius)) degC")
    }
    if abs(sample.current.valid?.value ?? 0) > envelopes[phase].rules.zeroCurrent.value {
      reasons.append("current flows")
    }
    guard !reasons.isEmpty else { return }
    event(.warning, "arm.unequal", reasons.joined(separator: ", "), sample, &output)
  }

  static func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}

extension ChargeRecord {
  /// Fills in what is expected.
  mutating func take(_ duration: Double?, _ worst: [ChargeForecast], confidence: Double) {
    self.duration = duration ?? .nan
    func highest(
      _ value: (ChargeForecast) -> Double, _ sd: (ChargeForecast) -> Double
    ) -> Estimated {
      let top = worst.max { value($0) < value($1) }
      return top.map { Estimated(value($0), sd: sd($0)) } ?? Estimated(.nan, sd: .nan)
    }
    voltageHighest = highest(\.voltage, \.voltageSD)
    temperatureHighest = highest(\.temperature, \.temperatureSD)
    func lower(_ y: ChargeForecast) -> Double {
      y.negativePotential - confidence * y.negativePotentialSD
    }
    if let tightest = worst.min(by: { lower($0) < lower($1) }) {
      potentialLowest = Estimated(tightest.negativePotential, sd: tightest.negativePotentialSD)
    }
  }

  /// One line for a person.
  var words: String {
    func text(_ value: Double, _ scale: Double) -> String {
      value.isFinite ? "\((value * scale).rounded() / scale)" : "-"
    }
    let band =
      stage == .promised
      ? " (\(text(durationBand.low / 60, 10)) to \(text(durationBand.high / 60, 10)))" : ""
    return
      "\(policy): \(text(100 * stateOfChargeStart, 10)) to \(text(100 * stateOfChargeEnd, 10)) % "
      + "in \(text(duration / 60, 10))\(band) min, at most \(text(voltageHighest.mean, 1000)) V and "
      + "\(text(temperatureHighest.mean, 10)) degC, potential at least "
      + "\(text(1000 * potentialLowest.mean, 10)) +- \(text(1000 * potentialLowest.sd, 10)) mV"
  }
}
