import DigitalTwin
import Estimation
import Foundation
import Prescription
import Quantities

/// What `lockstep prescribe` says and writes.
struct PrescriptionReport: Encodable {
  /// Mean and 95 % band.
  struct Band: Encodable {
    let mean: Double
    let low: Double
    let high: Double

    init(_ mean: Double, sd: Double) {
      (self.mean, low, high) = (mean, mean - 1.96 * sd, mean + 1.96 * sd)
    }
  }

  /// A limit that the prediction passes.
  struct Violation: Encodable {
    let limit: String
    let timeSecond: Double
    let value: Double
    let allowed: Double

    enum CodingKeys: String, CodingKey {
      case limit, value, allowed
      case timeSecond = "time_second"
    }

    var line: String {
      String(
        format: "%@ with its band %.4g, allowed %.4g, %.0f s into the charge", limit, value,
        allowed, timeSecond)
    }
  }

  let policy: String
  let durationSecond: Double?
  let durationLowSecond: Double?
  let durationHighSecond: Double?
  let currentAmpere: Double?
  let voltageVolt: Double?
  let highestVoltage: Band
  let highestTemperature: Band
  let lowestSeparator: Band
  let violations: [Violation]
  /// Share of the time that each bound binds.
  let bindings: [String: Double]
  /// Minutes of other charges from the same start; nil: no such charge keeps the limits.
  let alternatives: [String: Double?]
  let prescription: ChargePrescription
  private let name: String

  enum CodingKeys: String, CodingKey {
    case policy, violations, bindings, alternatives
    case durationSecond = "duration_second"
    case durationLowSecond = "duration_low_second"
    case durationHighSecond = "duration_high_second"
    case currentAmpere = "current_ampere"
    case voltageVolt = "voltage_volt"
    case highestVoltage = "highest_voltage_volt"
    case highestTemperature = "highest_temperature_celsius"
    case lowestSeparator = "lowest_negative_potential_at_separator_volt"
  }

  init(
    _ known: PrescribeSubject.Known, _ policy: ChargePolicy, _ limits: ChargeLimits,
    period: Double
  ) throws {
    func work(_ policy: ChargePolicy) throws -> ChargePrescription {
      let twin = Twin(
        cell: known.cell, configuration: TwinConfiguration(estimator: known.estimator))
      try twin.rest(temperature: known.temperature, ambient: known.ambient)
      return try twin.prescribe(policy, limits, step: period)
    }
    let own = try work(policy)
    prescription = own
    name = known.name
    self.policy = policy.name
    durationSecond = own.duration
    (durationLowSecond, durationHighSecond) = own.durationBand
    if case .cccv(let current?, let voltage?) = own.policy {
      (currentAmpere, voltageVolt) = (current.value, voltage.value)
    } else {
      (currentAmpere, voltageVolt) = (nil, nil)
    }
    func band(
      _ sign: Double, _ value: (ChargeForecast) -> Double, _ sd: (ChargeForecast) -> Double
    ) -> Band {
      let most = own.steps.map(\.worst).max { sign * value($0) < sign * value($1) }
      return Band(most.map(value) ?? .nan, sd: most.map(sd) ?? .nan)
    }
    highestVoltage = band(1, \.voltage, \.voltageSD)
    highestTemperature = band(1, \.temperature, \.temperatureSD)
    lowestSeparator = band(-1, \.negativePotential, \.negativePotentialSD)
    violations = own.violations(limits).map {
      Violation(
        limit: $0.limit.rawValue, timeSecond: $0.time, value: $0.value, allowed: $0.allowed)
    }
    let total = max(own.steps.reduce(0) { $0 + $1.duration }, 1e-9)
    bindings = own.steps.reduce(into: [:]) {
      $0[$1.binding.rawValue, default: 0] += $1.duration / total
    }
    var others: [String: Double?] = [:]
    for (name, other) in [
      ("ride", ChargePolicy.ride), ("fastest admissible cccv", .cccv(current: nil, voltage: nil)),
    ] where other != policy {
      // An assignment of nil would take the name away with the time.
      others.updateValue(try work(other).duration.map { $0 / 60 }, forKey: name)
    }
    alternatives = others
  }

  /// Why the target is not reached.
  func miss(_ limits: ChargeLimits) -> String {
    guard let last = prescription.steps.last else {
      return "\(name): no charge current keeps the limits from here with \(limits.confidence) sd"
    }
    let end = last.time + last.duration
    let reason =
      end >= Twin.longestCharge
      ? "a charge of more than a day is not worked out"
      : "no current keeps the limits with \(limits.confidence) sd"
    return String(
      format: "%@: stuck at state of charge %.1f %% after %.0f s: %@", name,
      100 * last.belief.stateOfCharge.mean, end, reason)
  }

  /// The protocol file.
  func protocolText(_ limits: ChargeLimits) -> String {
    let target = String(format: "%.4g %%", 100 * limits.targetStateOfCharge.value)
    var steps: [String] = []
    if let currentAmpere, let voltageVolt {
      steps = [
        String(
          format: "Charge at %.4f A until %.4f V or until SOC %@", currentAmpere, voltageVolt,
          target),
        String(format: "Hold at %.4f V until SOC %@", voltageVolt, target),
      ]
    } else {
      let volts = limits.voltage.value
      for step in prescription.steps {
        guard step.current > 0 else {
          steps.append(String(format: "Rest for %.0f seconds", step.duration.rounded(.up)))
          continue
        }
        steps.append(
          String(
            format: "Charge at %.4f A for %.0f seconds or until %.4f V or until SOC %@",
            step.current, step.duration.rounded(.up), volts, target))
      }
    }
    return
      ([
        "# Prescribed by lockstep prescribe, policy \(policy); open loop: nothing is measured here.",
        "schema = 1", "name = \"charge\"",
        String(
          format:
            "description = \"Predicted: %.1f min (95 %% %.1f to %.1f), separator potential at least %.1f mV.\"",
          (durationSecond ?? .nan) / 60, (durationLowSecond ?? .nan) / 60,
          (durationHighSecond ?? .nan) / 60, 1e3 * lowestSeparator.mean),
        "steps = [",
      ] + steps.map { "  \"\($0)\"," } + ["]", ""]).joined(separator: "\n")
  }

  /// For a person.
  func text(out: String) -> String {
    func minutes(_ seconds: Double?) -> String {
      seconds.map { String(format: "%.1f", $0 / 60) } ?? "-"
    }
    var lines = [
      "\(policy): \(minutes(durationSecond)) min (95 %: \(minutes(durationLowSecond)) to "
        + "\(minutes(durationHighSecond)))"
    ]
    if let currentAmpere, let voltageVolt {
      lines.append(String(format: "%.3f A, then %.3f V", currentAmpere, voltageVolt))
    }
    lines.append(
      String(
        format:
          "highest %.3f V (to %.3f), %.1f degC (to %.1f); lowest separator potential %.1f mV (from %.1f)",
        highestVoltage.mean, highestVoltage.high, highestTemperature.mean, highestTemperature.high,
        1e3 * lowestSeparator.mean, 1e3 * lowestSeparator.low))
    let shares = bindings.sorted { $0.value > $1.value }.map {
      String(format: "%@ %.0f %%", $0.key, 100 * $0.value)
    }
    lines.append("bound by: " + shares.joined(separator: ", "))
    for (name, value) in alternatives.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "\(name): " + (value.map { String(format: "%.1f min", $0) } ?? "none keeps the limits"))
    }
    lines += violations.map { "passed: \($0.line)" }
    lines.append("plating margin is inferred from the model, not measured")
    if violations.isEmpty { lines.append("\(out): \(prescription.steps.count) decisions") }
    return lines.joined(separator: "\n")
  }
}
