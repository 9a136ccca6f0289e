public import Electrochemistry
import Quantities

/// What the first row of a record tells of the state of charge: the one at which a rested cell of the file's
/// type shows that voltage as soon as that current flows.
public struct StartOfCharge: Sendable, Hashable {
  /// 0..1, the nearest end beyond the scale.
  public let mean: Double
  /// Wide where current flows already: nobody knows for how long.
  public let sd: Double

  /// - Parameters:
  ///   - voltage: V.
  ///   - current: A, positive charges.
  ///   - temperature: K.
  public init(_ cell: CellParameters, voltage: Double, current: Double, temperature: Double) {
    let model = SPMe(cell, mesh: .coarse, thermal: .lumped)
    func shown(_ soc: Double) -> Double {
      let state = model.rest(stateOfCharge: soc, temperature: temperature)
      let found = try? model.outputs(state, current: current, ambient: temperature).voltage
      // Out of the model's range: beyond the end.
      return found ?? (soc > 0.5 ? .infinity : -.infinity)
    }
    // Voltage rises with charge; 40 halvings reach 10^-12.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      if shown(middle) > voltage { high = middle } else { low = middle }
    }
    mean = 0.5 * (low + high)
    let rate = abs(current) / cell.nominalCapacity.value
    sd = rate > 0.01 ? 0.1 : 0
  }
}
