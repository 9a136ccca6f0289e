import Electrochemistry

/// How steep a cell's open-circuit voltage is at a state's charge: what a curve of another specimen, shifted by
/// a little charge, is off by. Along the line between the cell's limits, at 25 degC.
struct CurveSlope: Sendable {
  /// The state of charge is linear in the state.
  private let weights: [(index: Int, weight: Double)]
  private let base: Double
  /// V per unit of charge at even steps from `first` on.
  private let table: [Double]
  private static let (first, last, count) = (-0.02, 1.02, 105)

  init(_ world: any CellWorld, voltage: (Double) -> Double) {
    let slopes = world.chargeSlopes
    weights = slopes.indices.filter { slopes[$0] != 0 }.map { ($0, slopes[$0]) }
    let empty = world.stoichiometries(stateOfCharge: 0)
    let rested = world.rest(
      negative: empty.negative, positive: empty.positive, temperature: 298.15)
    base = -zip(slopes, rested).reduce(0) { $0 + $1.0 * $1.1 }
    let step = (Self.last - Self.first) / Double(Self.count - 1)
    table = (0..<Self.count).map { index in
      let soc = Self.first + Double(index) * step
      let slope = (voltage(soc + 0.5 * step) - voltage(soc - 0.5 * step)) / step
      return slope.isFinite ? abs(slope) : 0
    }
  }

  /// V per unit of charge.
  func callAsFunction(_ state: UnsafePointer<Double>) -> Double {
    var soc = base
    for (index, weight) in weights { soc += weight * state[index] }
    let place = (soc - Self.first) / (Self.last - Self.first) * Double(Self.count - 1)
    guard place > 0 else { return table[0] }
    let low = min(Int(place), Self.count - 2)
    let share = min(place - Double(low), 1)
    return table[low] + share * (table[low + 1] - table[low])
  }
}
