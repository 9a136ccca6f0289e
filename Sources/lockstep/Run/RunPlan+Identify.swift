import Bench
import Electrochemistry
import Excitation
import Identification
import Profiles
import Protocols
import Quantities
import Safety

extension RunPlan {
  /// What an identification may do: the phase's own limits, inside the envelope's operate values.
  func identifyWork(
    _ job: IdentifyJob, _ limits: PhaseLimits, _ index: Int
  ) throws -> IdentifyWork {
    let layers = try files.layers(phase: index, nominalCapacity: cell.nominalCapacity)
    let envelope = envelopes[index]
    let (voltage, current) = (envelope.band(.voltage), envelope.band(.current))
    let (hot, cold) = (envelope.band(.chargeTemperature), envelope.band(.temperature))
    let accuracy = files.bench.accuracy
    let most = limits.current?.amperes(nominal: cell.nominalCapacity).value ?? .infinity
    return IdentifyWork(
      goals: job.goals.map { ($0.parameter, $0.sd) }, budget: job.budget.value,
      round: job.round.value, skipsUntil: job.skipsUntil?.value,
      missEndsRun: job.onMiss == .stop,
      limits: ExcitationLimits(
        voltage: (voltage?.operateLow ?? cell.lowerVoltageCutoff.value)...(limits.voltage?.value
          ?? voltage?.operateHigh ?? cell.upperVoltageCutoff.value),
        current: max(-most, current?.operateLow ?? 0)...min(most, current?.operateHigh ?? 0),
        temperature: (max(hot?.operateLow ?? 0, cold?.operateLow ?? -20) + 273.15)...((limits
          .temperature?.value ?? hot?.operateHigh ?? 45) + 273.15),
        platingMargin: limits.platingMargin?.value ?? 0.01),
      chargeCurrents: layers.flatMap(\.chargeCurrent), timing: actuationTiming,
      voltageErrors: ErrorModel(
        noiseSD: max(accuracy.voltage.noise, 1e-4), discrepancySD: 2e-3),
      temperatureErrors: ErrorModel(
        noiseSD: max(accuracy.temperature.noise, 0.05), discrepancySD: 0.2))
  }
}
