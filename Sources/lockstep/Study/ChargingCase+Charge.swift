import DigitalTwin
import Electrochemistry
import Estimation
import Prescription
import Quantities
import Validation

extension ChargingCase {
  /// Margin of the study, V.
  static let margin = 0.01
  static let target = 0.8
  /// A charge that takes longer is given up, s.
  private static let longest = 21_600

  static func limits(margin: Double) -> ChargeLimits {
    ChargeLimits(
      current: Amperes(6), voltage: Volts(4.2), temperature: Celsius(45),
      platingMargin: Volts(margin), targetStateOfCharge: StateOfCharge(target))
  }

  /// A horizon with prices: a kelvin above 25 degC costs a tenth of the time.
  static let horizon = ChargePolicy.mpc(PredictiveCharge(cost: ChargeCost(temperature: 0.1)))

  /// The twin charges the cell: its decision after each sample flows until the next.
  mutating func charge(margin: Double, _ policy: ChargePolicy = .ride) throws -> ChargingTrace {
    let limits = Self.limits(margin: margin)
    var trace = ChargingTrace(margin: margin)
    let before = spent
    while trace.seconds < Self.longest {
      let began = ProcessorTime.ofThread()
      let decision = isLost ? nil : try? twin.decide(policy, limits, for: 1)
      let own = ProcessorTime.ofThread() - began
      spent += own
      trace.decisionTimes.append(own)
      trace.reached = decision?.binding == .target
      if trace.reached { break }
      if decision == nil { trace.undecided += 1 }
      try second(decision, limits, &trace)
    }
    trace.spent = spent - before
    trace.stateOfCharge = try plant.outputs(0).stateOfCharge
    trace.negativeOffsetError = (twin.filter?.negativeOffset.mean ?? .nan) - plant.negativeOffset
    return trace
  }

  private mutating func second(
    _ decision: ChargeDecision?, _ limits: ChargeLimits, _ trace: inout ChargingTrace
  ) throws {
    // The bench's fallback: nothing.
    let current = decision?.current.value ?? 0
    let binding = decision?.binding.rawValue ?? "fallback"
    let first = try plant.outputs(current)
    let last = try second(current).truth
    trace.seconds += 1
    trace.bindings[binding, default: 0] += 1
    trace.truth.take(first)
    trace.truth.take(last)
    guard let belief = twin.lastAssimilation?.belief else { return }
    trace.compare(belief, last)
    let potential = min(first.negativePotentialAtSeparator, last.negativePotentialAtSeparator)
    let forecast = decision?.forecast
    trace.decisions.append(
      ChargingTrace.Decision(
        stateOfCharge: first.stateOfCharge,
        sd: forecast?.negativePotentialSD ?? belief.negativePotentialAtSeparator.sd,
        error: (forecast?.negativePotential ?? belief.negativePotentialAtSeparator.mean)
          - potential))

    func instant(
      _ excess: Double, _ truth: Double, _ estimate: Normal
    ) -> ChargingViolation.Instant {
      ChargingViolation.Instant(
        time: trace.seconds, excess: excess, truth: truth, estimate: estimate.mean,
        sd: estimate.sd, stateOfCharge: last.stateOfCharge, current: current, binding: binding)
    }
    if potential < limits.platingMargin.value {
      trace.below += 1
      trace.note(
        .platingMargin,
        instant(
          limits.platingMargin.value - potential, potential, belief.negativePotentialAtSeparator))
    }
    let voltage = max(first.voltage, last.voltage)
    if voltage > limits.voltage.value {
      trace.note(.voltage, instant(voltage - limits.voltage.value, voltage, belief.voltage))
    }
    let hottest = limits.temperature.value + 273.15
    if last.temperature > hottest {
      trace.note(
        .temperature, instant(last.temperature - hottest, last.temperature, belief.temperature))
    }
  }
}
