import Foundation

/// A linear axis with round ticks.
struct Axis {
  /// What the axis spans, in data.
  let range: ClosedRange<Double>
  /// Where labels stand.
  let ticks: [Double]
  private let decimals: Int

  /// An axis that covers `extent` and a little more, with about `count` ticks.
  init(covering extent: ClosedRange<Double>, ticks count: Int) {
    var low = extent.lowerBound
    var high = extent.upperBound
    if high - low < 1e-9 * max(1, abs(high)) {
      low -= 0.5
      high += 0.5
    }
    self.init(low, high, ticks: count)
  }

  /// An axis that reaches as far below 0 as above it; `reach` is above 0, however small.
  init(spanning reach: Double, ticks count: Int) {
    self.init(-reach, reach, ticks: count)
  }

  private init(_ bottom: Double, _ top: Double, ticks count: Int) {
    var (low, high) = (bottom, top)
    let step = Self.roundStep((high - low) / Double(max(1, count)))
    let air = 0.05 * (high - low)
    low -= air
    high += air
    range = low...high
    let first = Int((low / step - 1e-6).rounded(.up))
    let last = Int((high / step + 1e-6).rounded(.down))
    ticks = first <= last ? (first...last).map { Double($0) * step } : []
    decimals = max(0, Int((-log10(step) - 1e-9).rounded(.up)))
  }

  /// The smallest of 1, 2, 5 times a power of ten that is not below `raw`.
  static func roundStep(_ raw: Double) -> Double {
    let power = pow(10, log10(raw).rounded(.down))
    for factor in [1.0, 2, 5] where factor * power >= raw * (1 - 1e-9) { return factor * power }
    return 10 * power
  }

  /// Where `value` lies, 0 at the low end and 1 at the high end.
  func fraction(_ value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// A tick's text.
  func label(_ tick: Double) -> String {
    let text = String(format: "%.\(decimals)f", tick)
    return text == "-0" ? "0" : text.replacingOccurrences(of: "-", with: "\u{2212}")
  }
}
