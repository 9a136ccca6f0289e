import Foundation

/// Time along the bottom, in seconds, minutes or hours as the span asks.
struct TimeAxis {
  /// What is shown, s.
  let range: ClosedRange<Double>
  /// Where labels stand, s.
  let ticks: [Double]
  /// Seconds per unit of the labels, and its name.
  let unit: (seconds: Double, name: String)

  init(_ range: ClosedRange<Double>) {
    let span = max(range.upperBound - range.lowerBound, 1e-6)
    unit = span > 10_800 ? (3600, "h") : span > 180 ? (60, "min") : (1, "s")
    self.range = range.lowerBound...(range.lowerBound + span)
    // Hours and minutes divide by halves and quarters, not by fifths.
    let wanted = span / 9
    let steps: [Double] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
    ]
    let step = steps.first { $0 >= wanted } ?? Axis.roundStep(wanted / 86_400) * 86_400
    let first = Int((range.lowerBound / step).rounded(.up))
    let last = Int((self.range.upperBound / step).rounded(.down))
    ticks = first <= last ? (first...last).map { Double($0) * step } : []
  }

  func fraction(_ time: Double) -> Double {
    (time - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  func label(_ tick: Double) -> String {
    let value = tick / unit.seconds
    return value == value.rounded() ? String(Int(value)) : String(format: "%g", value)
  }
}
