/// How sure one is of what a charge is bound by, over its state of charge: as a `ChargeRehearsal` met it.
public struct ChargeBands: Sendable {
  private var entries: [(stateOfCharge: Double, spread: ChargeSpread)]

  /// The same throughout.
  init(_ spread: ChargeSpread) { entries = [(0, spread)] }

  /// Those that belong to a higher charge than the last are added.
  mutating func add(_ spread: ChargeSpread, at stateOfCharge: Double) {
    guard stateOfCharge > entries[entries.count - 1].stateOfCharge else { return }
    entries.append((stateOfCharge, spread))
  }

  /// Of the entry at or below.
  func at(_ stateOfCharge: Double) -> ChargeSpread {
    var (low, high) = (0, entries.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if entries[middle].stateOfCharge <= stateOfCharge { low = middle } else { high = middle }
    }
    return entries[low].spread
  }
}
