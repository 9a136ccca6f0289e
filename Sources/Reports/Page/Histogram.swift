import Foundation
import Journal

/// How long scans took, in logarithmic bins of a twelfth of a decade.
struct Histogram {
  private static let binsPerDecade = 12.0
  private static let width = 960.0
  private static let plotHeight = 96.0

  private var counts: [Int: Int] = [:]

  init(_ view: JournalView) throws {
    try view.each("SELECT total_microsecond / 1000 FROM timing WHERE total_microsecond > 0") {
      let bin = Int((log10($0.number(0)) * Self.binsPerDecade).rounded(.down))
      counts[bin, default: 0] += 1
    }
  }

  /// The picture; nil when no timing is on record. The counts stand on a logarithmic axis, so that
  /// one late scan among thousands can be seen.
  func svg(p50: Double?, p99: Double?) -> String? {
    guard let first = counts.keys.min(), let last = counts.keys.max(),
      let most = counts.values.max()
    else { return nil }
    let low = Double(first - 1) / Self.binsPerDecade
    let high = Double(last + 2) / Self.binsPerDecade
    let plot = Self.width - Figure.left - Figure.right
    let x = { (ms: Double) in Figure.left + (log10(ms) - low) / (high - low) * plot }
    let tallest = log10(Double(most)) + 0.5
    let y = { (count: Double) in
      10 + (1 - (log10(count) + 0.3) / (tallest + 0.3)) * Self.plotHeight
    }
    let foot = 10 + Self.plotHeight
    var body = ""
    for power in 0...Int(tallest.rounded(.down)) {
      let at = y(pow(10, Double(power)))
      body += SVG.line("grid", from: (Figure.left, at), to: (Self.width - Figure.right, at))
      body += SVG.label(
        "\(Int(pow(10, Double(power))))", x: Figure.left - 7, y: at + 3.5, anchor: "end")
    }
    for (bin, count) in counts.sorted(by: { $0.key < $1.key }) {
      let from = x(pow(10, Double(bin) / Self.binsPerDecade))
      let to = x(pow(10, Double(bin + 1) / Self.binsPerDecade))
      let top = y(Double(count))
      body += SVG.bar(
        "bar", x: from + 0.5, y: top, width: max(1, to - from - 1), height: foot - top,
        title: "\(count) scans")
    }
    body += ticks(low, high, x)
    for (value, name) in [(p50, "p50"), (p99, "p99")] {
      guard let value, value > 0 else { continue }
      body += SVG.line("rank", from: (x(value), 4), to: (x(value), foot))
      body += SVG.label(name, x: x(value) + 4, y: 12, anchor: "start")
    }
    body += SVG.label(
      "wall time of a scan / ms (scans, both axes logarithmic)", x: Self.width - Figure.right,
      y: foot + 29, anchor: "end")
    return """
      <svg class="figure" viewBox="0 0 \(Int(Self.width)) \(Int(Self.plotHeight) + 44)" role="img" \
      aria-label="Histogram of scan times">\(body)</svg>
      """
  }

  private func ticks(_ low: Double, _ high: Double, _ x: (Double) -> Double) -> String {
    var text = ""
    let factors: [Double] = high - low < 1.2 ? [1, 2, 3, 5] : [1]
    for power in Int(low.rounded(.down))...Int(high.rounded(.up)) {
      for factor in factors {
        let value = factor * pow(10, Double(power))
        guard log10(value) >= low, log10(value) <= high else { continue }
        text += SVG.label(
          String(format: "%g", value), x: x(value), y: Self.plotHeight + 25, anchor: "middle")
      }
    }
    return text
  }
}
