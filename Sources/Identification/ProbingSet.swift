import Electrochemistry
import Quantities

/// Experiments over the charges, rates, signs and temperatures that a cell is used at: what none of them tells, no
/// experiment with these sensors tells.
struct ProbingSet {
  let cell: CellParameters

  init(_ cell: CellParameters) { self.cell = cell }

  /// Rests, pulses and long currents of both signs from four charges, and 15 K colder from two.
  func cases(withTemperature: Bool, withReference: Bool = false) -> [InformationCase] {
    [(0.15, 0.0), (0.4, 0), (0.65, 0), (0.9, 0), (0.3, -15), (0.8, -15)].map { charge, shift in
      InformationCase(
        current: current(from: charge, ambient: cell.referenceTemperature + shift), period: 5,
        stateOfCharge: charge,
        outputs: [.voltage(ErrorModel(noiseSD: 1e-3))]
          + (withTemperature ? [.temperature(ErrorModel(noiseSD: 0.1))] : [])
          + (withReference ? [.separatorPotential(ErrorModel(noiseSD: 1e-3))] : []))
    }
  }

  private func current(from charge: Double, ambient: Double) -> CurrentRecord {
    let c = cell.nominalCapacity.value
    // Away from the nearer end first.
    let sign = charge < 0.5 ? 1.0 : -1.0
    return CurrentRecord(
      steps: [
        (0, 30), (sign * c, 30), (0, 120), (-0.7 * sign * c, 20), (0, 60), (sign * c / 2, 900),
        (0, 900), (-sign * c / 4, 600), (0, 300), (1.5 * sign * c, 20), (0, 120),
      ], ambient: ambient)
  }
}
