import Bench
import Electrochemistry
import Prescription
import Profiles
import Protocols
import Quantities
import Safety

extension RunPlan {
  /// A charge as the bench carries it out.
  func charge(
    _ job: ChargeJob, _ phase: Profiles.CampaignPhase, _ index: Int
  ) -> Bench.CampaignPhase {
    let target = "\(Int((job.target.value * 100).rounded())) %"
    let arm = phase.arm.flatMap { Bench.CampaignPhase.Arm(rawValue: $0.rawValue) }
    let name = arm.map { "\($0.rawValue): \(job.policy.rawValue) to \(target)" }
    return Bench.CampaignPhase(
      name: name ?? "charge to \(target)",
      work: .charge(
        ChargeWork(
          policy: policy(job), limits: chargeLimits(job, phase.limits, index),
          chamber: job.chamberSetPoints.isEmpty
            ? nil
            : ChamberChoice(
              setPoints: job.chamberSetPoints, timeConstant: job.chamberTimeConstant),
          timeLimit: job.timeLimit, missEndsRun: job.onMiss == .stop)), arm: arm)
  }

  private func policy(_ job: ChargeJob) -> ChargePolicy {
    switch job.policy {
    case .ride: .ride
    case .cccv:
      .cccv(
        current: job.current?.amperes(nominal: cell.nominalCapacity), voltage: job.voltage)
    case .mpc:
      .mpc(
        PredictiveCharge(
          cost: ChargeCost(temperature: job.temperatureCost, plating: job.platingCost),
          horizon: job.horizon.value))
    }
  }

  /// The phase's own limits; where it gives none, the envelope's operate values.
  private func chargeLimits(_ job: ChargeJob, _ limits: PhaseLimits, _ index: Int) -> ChargeLimits {
    let envelope = envelopes[index]
    let current = limits.current?.amperes(nominal: cell.nominalCapacity).value
    return ChargeLimits(
      current: Amperes(current ?? envelope.band(.current)?.operateHigh ?? 0),
      voltage: Volts(
        limits.voltage?.value ?? envelope.band(.voltage)?.operateHigh
          ?? cell.upperVoltageCutoff.value),
      temperature: Celsius(
        limits.temperature?.value ?? envelope.band(.chargeTemperature)?.operateHigh ?? 45),
      platingMargin: limits.platingMargin ?? Volts(0.01), targetStateOfCharge: job.target)
  }
}
