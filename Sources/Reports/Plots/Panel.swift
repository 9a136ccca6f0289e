/// One strip of a figure: what it shows and how its value axis is made.
struct Panel {
  /// How a curve is drawn; the names are classes in the style sheet.
  struct Curve {
    let key: TraceKey
    let style: String
    let name: String
    let decimals: Int
  }

  let title: String
  let unit: String
  let height: Double
  var curves: [Curve] = []
  /// Two curves with the area between them: estimate - 2 sd and estimate + 2 sd.
  var bands: [(low: TraceKey, high: TraceKey, style: String)] = []
  /// Horizontal lines.
  var lines: [(value: Double, style: String, label: String)] = []
  /// Colours the first curve by what bound the decision.
  var colouredByBinding = false
  /// The axis holds no more than this.
  var clippedTo: ClosedRange<Double>?

  func axis(_ trace: Trace) -> Axis? {
    let keys = curves.map(\.key) + bands.flatMap { [$0.low, $0.high] }
    guard var extent = trace.extent(keys) else { return nil }
    for line in lines {
      extent = min(extent.lowerBound, line.value)...max(extent.upperBound, line.value)
    }
    if let clippedTo { extent = extent.clamped(to: clippedTo) }
    return Axis(covering: extent, ticks: 5)
  }
}
