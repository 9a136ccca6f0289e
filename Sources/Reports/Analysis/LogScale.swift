import Foundation

/// A logarithmic axis from a 1, 2 or 5 times a power of ten to another.
struct LogScale {
  /// Its ends, above 0.
  let range: ClosedRange<Double>
  /// Where labels stand.
  let ticks: [Double]

  /// Holds `least` and `most`, both above 0, with the low end well below `least`: a bar has to be seen.
  init(least: Double, most: Double) {
    let powers = Int(log10(least / 2).rounded(.down))...Int(log10(most).rounded(.up))
    let round = powers.flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    let low = round.last { $0 <= least / 2 } ?? least / 2
    let high = round.first { $0 >= most * (1 - 1e-9) } ?? most
    range = low...high
    let inside = round.filter { $0 >= low && $0 <= high }
    ticks = inside.count <= 12 ? inside : inside.filter { log10($0).rounded() == log10($0) }
  }

  /// Where `value` lies, 0 at the low end and 1 at the high end.
  func fraction(_ value: Double) -> Double {
    log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
  }
}
