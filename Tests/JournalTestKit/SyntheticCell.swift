import Glibc

/// A cell plausible enough for pictures: open-circuit voltage, two resistances, one time constant,
/// a lumped temperature and a plating potential that falls with charge, current and cold.
struct SyntheticCell {
  var stateOfCharge = 0.6
  var temperature = 25.0
  var polarisation = 0.0
  let capacity = 5.0

  var openCircuitVoltage: Double { Self.openCircuitVoltage(stateOfCharge) }

  static func openCircuitVoltage(_ soc: Double) -> Double {
    3.2 + 0.95 * soc - 0.35 * exp(-25 * soc) + 0.05 * tanh((soc - 0.55) * 8)
  }

  /// Grows as the cell cools, by Arrhenius' law.
  var resistance: Double { 0.022 * exp(2000 * (1 / (temperature + 273.15) - 1 / 298.15)) }

  func voltage(at current: Double) -> Double {
    openCircuitVoltage + polarisation + resistance * current
  }

  func platingPotential(at current: Double) -> Double {
    0.16 - 0.11 * stateOfCharge - 0.42 * resistance * current - 0.6 * polarisation
  }

  mutating func advance(_ duration: Double, current: Double, ambient: Double) {
    let heat = (resistance * current + polarisation) * current
    polarisation += (0.012 * current - polarisation) * (1 - exp(-duration / 45))
    stateOfCharge += current * duration / 3600 / capacity
    temperature += duration * (heat - 0.11 * (temperature - ambient)) / 72
  }
}
