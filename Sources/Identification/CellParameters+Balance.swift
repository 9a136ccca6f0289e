import Electrochemistry
import Kernels
import Quantities

extension CellParameters {
  /// Sets the stoichiometry limits to where the open-circuit voltage is at the cut-offs.
  ///
  /// - Parameter point: stoichiometries of both electrodes that belong together.
  mutating func balance(through point: (negative: Double, positive: Double)) throws {
    let slope = negative.sites / positive.sites
    let (negative, positive) = (negative.openCircuitPotential, positive.openCircuitPotential)
    func partner(_ x: Double) -> Double { point.positive + (point.negative - x) * slope }
    func voltage(_ x: Double) -> Double {
      let (up, un) = (positive.curve.value(at: partner(x)), negative.curve.value(at: x))
      return up * positive.factor + positive.offset - un * negative.factor - negative.offset
    }
    // Both electrodes stay a little inside what their curves define.
    let margin = 1e-4
    let ends = (
      max(margin, point.negative - (1 - margin - point.positive) / slope),
      min(1 - margin, point.negative + (point.positive - margin) / slope)
    )
    func stoichiometry(_ target: Double) throws -> Double {
      var (low, high) = ends
      guard voltage(low) <= target, voltage(high) >= target else {
        throw ModelError(
          quantity: "cut-off voltage", value: target, unit: "V",
          bound: "\(voltage(low)) to \(voltage(high)) V, what the electrodes can reach")
      }
      for _ in 0..<60 {
        let middle = 0.5 * (low + high)
        if voltage(middle) > target { high = middle } else { low = middle }
      }
      return 0.5 * (low + high)
    }
    let empty = try stoichiometry(lowerVoltageCutoff.value)
    let full = try stoichiometry(upperVoltageCutoff.value)
    self.negative.minimumStoichiometry = empty
    self.negative.maximumStoichiometry = full
    self.positive.minimumStoichiometry = partner(full)
    self.positive.maximumStoichiometry = partner(empty)
  }
}
