import Records

extension RunProgress: Encodable {
  private enum CodingKeys: String, CodingKey {
    case phase, step, binding
    case time = "test_time_second"
    case voltage = "voltage_volt"
    case current = "current_ampere"
    case temperature = "surface_temperature_celsius"
    case stateOfCharge = "state_of_charge"
    case stateOfChargeSd = "state_of_charge_sd"
    case platingPotential = "negative_potential_at_separator_volt"
    case platingPotentialSd = "negative_potential_at_separator_volt_sd"
    case timeLeft = "time_left_second"
    case deadlineMisses = "deadline_misses"
  }

  /// One flat object; keys carry their unit, what is not known is absent.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(phase, forKey: .phase)
    try container.encode(step, forKey: .step)
    try container.encode(time, forKey: .time)
    try container.encodeIfPresent(voltage, forKey: .voltage)
    try container.encodeIfPresent(current, forKey: .current)
    try container.encodeIfPresent(temperature, forKey: .temperature)
    try container.encodeIfPresent(stateOfCharge?.mean, forKey: .stateOfCharge)
    try container.encodeIfPresent(stateOfCharge?.finiteSd, forKey: .stateOfChargeSd)
    try container.encodeIfPresent(platingPotential?.mean, forKey: .platingPotential)
    try container.encodeIfPresent(platingPotential?.finiteSd, forKey: .platingPotentialSd)
    try container.encodeIfPresent(binding?.rawValue, forKey: .binding)
    try container.encodeIfPresent(timeLeft, forKey: .timeLeft)
    try container.encode(deadlineMisses, forKey: .deadlineMisses)
  }
}

extension Estimated {
  // JSON has no NaN.
  fileprivate var finiteSd: Double? { sd.isFinite ? sd : nil }
}
