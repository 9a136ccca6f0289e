/// Stand-in: open-circuit line, resistance, one lump of heat. Replaced by the SPMe.
struct PlantCell {
  struct RangeError: Error, CustomStringConvertible { var description: String }
  private var soc: Double
  private var temperature: Double
  private var slow = 0.0

  init(stateOfCharge: Double, temperature: Double) {
    soc = stateOfCharge
    self.temperature = temperature
  }

  mutating func step(current: Double, ambient: Double, duration: Double) throws(RangeError) {
    let next = soc + current * duration / 3600 / 5
    guard -0.05...1.05 ~= next else {
      throw RangeError(description: "state of charge \(next), allowed -0.05 to 1.05")
    }
    soc = next
    slow += (current * 0.01 - slow) * min(duration / 60, 1)
    temperature += (current * current * 0.03 - 0.3 * (temperature - ambient)) / 60 * duration
  }

  func outputs(current: Double, ambient: Double) throws(RangeError) -> PlantOutputs {
    let open = 3.0 + 1.15 * soc
    return PlantOutputs(
      voltage: open + 0.025 * current + slow, temperature: temperature, stateOfCharge: soc,
      openCircuitVoltage: open, negativePotentialAtSeparator: 0.2 - 0.02 * current)
  }
}
