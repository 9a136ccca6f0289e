public import Estimation
public import Prescription
import Quantities

/// A charge worked out for a cell that is not at hand: currents, and what is expected of them with bands.
public struct ChargePrescription: Sendable {
  /// One constant current.
  public struct Step: Sendable {
    /// At its start, s.
    public var time: Double
    /// s.
    public var duration: Double
    /// A.
    public var current: Double
    /// What limits it.
    public var binding: ChargeDecision.Binding
    /// The worst within it.
    public var worst: ChargeForecast
    /// At its end.
    public var belief: CellBelief
  }

  /// In order.
  public internal(set) var steps: [Step] = []
  /// With current and voltage where it is a cccv.
  public internal(set) var policy: ChargePolicy
  /// How sure one was on its way; nil before the first step.
  public internal(set) var bands: ChargeBands?
  /// When the mean reaches the target, s; nil: it does not.
  public internal(set) var duration: Double?
  /// 95 % band, were every bound's error two sd: nil where one side does not get there.
  public internal(set) var durationBand: (low: Double?, high: Double?) = (nil, nil)

  /// What it costs, s; nil: the target is not reached.
  public func cost(_ cost: ChargeCost) -> Double? {
    guard duration != nil else { return nil }
    return steps.reduce(0) { sum, step in
      sum + step.duration
        * cost.rate(temperature: step.worst.temperature, potential: step.worst.negativePotential)
    }
  }

  /// Where a limit is passed by the mean and its band.
  public struct Violation: Sendable, Hashable {
    /// Which limit.
    public var limit: ChargeDecision.Binding
    /// s.
    public var time: Double
    /// With its band: V, degC.
    public var value: Double
    /// V, degC.
    public var allowed: Double
  }

  /// The worst passing of each limit, past by more than a tenth of a millivolt or a hundredth of a kelvin.
  public func violations(_ limits: ChargeLimits) -> [Violation] {
    let k = limits.confidence
    func worst(
      _ limit: ChargeDecision.Binding, _ allowed: Double, _ slack: Double,
      _ value: (ChargeForecast) -> Double
    ) -> Violation? {
      let sign = limit == .platingMargin ? -1.0 : 1
      let top = steps.max { sign * value($0.worst) < sign * value($1.worst) }
      guard let top, sign * (value(top.worst) - allowed) > slack else { return nil }
      return Violation(limit: limit, time: top.time, value: value(top.worst), allowed: allowed)
    }
    return [
      worst(.voltage, limits.voltage.value, 1e-4) { $0.voltage + k * $0.voltageSD },
      worst(.temperature, limits.temperature.value, 0.01) {
        $0.temperature + k * $0.temperatureSD
      },
      worst(.platingMargin, limits.platingMargin.value, 1e-4) {
        $0.negativePotential - k * $0.negativePotentialSD
      },
    ].compactMap(\.self)
  }
}
