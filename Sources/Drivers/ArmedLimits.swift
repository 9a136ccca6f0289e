internal import Profiles
public import Quantities

/// The limits that a device is told to keep by itself, taken from the envelope.
public struct ArmedLimits: Sendable, Hashable {
  /// Over-voltage limit; nil: not given.
  public var voltage: Volts?
  /// Over-current limit (magnitude); nil: not given.
  public var current: Amperes?
  /// Over-power limit (magnitude); nil: not given.
  public var power: Watts?

  /// Limits from their parts.
  public init(voltage: Volts? = nil, current: Amperes? = nil, power: Watts? = nil) {
    self.voltage = voltage
    self.current = current
    self.power = power
  }

  /// The number that stands for `argument`, in its unit, or nil.
  func value(of argument: StepArgument) -> Double? {
    switch argument {
    case .voltageLimit: voltage?.value
    case .currentLimit: current?.value
    case .powerLimit: power?.value
    default: nil
    }
  }
}
