import Foundation

/// How one seed went.
struct ChoiceScore {
  let seed: UInt64
  let chosen: [String]
  /// V; nil: no fit.
  let error: Double?
  /// The same of random choices; nil: no fit.
  let others: [Double?]

  private var mean: Double {
    let fits = others.compactMap(\.self)
    return fits.reduce(0, +) / Double(max(fits.count, 1))
  }
  var ratio: Double? { error.map { $0 / mean } }

  var row: String {
    guard let error else { return "| \(seed) | \(chosen.joined(separator: ", ")) | no fit | | | |" }
    return "| \(seed) | \(chosen.joined(separator: ", ")) | "
      + String(
        format: "%.1f | %.1f | %.2f | %d of %d |", 1e3 * error, 1e3 * mean, error / mean,
        others.count { ($0 ?? .infinity) > error }, others.count)
  }
}
