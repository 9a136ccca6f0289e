import Quantities

/// Largest magnitude of current by surface temperature.
struct DeratingTable: Sendable, Hashable {
  let rows: [LimitLayer.TemperatureRow]
  let origin: LimitLayer.Origin

  /// Nil for an empty table, which does not limit.
  init?(_ rows: [LimitLayer.TemperatureRow], origin: LimitLayer.Origin) {
    guard !rows.isEmpty else { return nil }
    self.rows = rows.sorted { $0.from < $1.from }
    self.origin = origin
  }

  /// The least current that any temperature between `low` and `high` allows; zero outside the rows.
  func allowed(from low: Celsius, to high: Celsius) -> Double {
    guard let first = rows.first, let last = rows.last, low >= first.from, high <= last.to
    else { return 0 }
    var least = Double.infinity
    for row in rows where row.from <= high && (row.to > low || row.to == last.to) {
      least = min(least, row.current.value)
    }
    return least.isFinite ? least : 0
  }
}
