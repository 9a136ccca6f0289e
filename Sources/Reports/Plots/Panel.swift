/// One strip of a figure: what it shows and how its value axis is made.
struct Panel {
  /// How a curve is drawn; the names are classes in the style sheet.
  struct Curve {
    let column: Int
    let style: String
    let name: String
    let decimals: Int
  }

  /// Two curves with the area between them.
  struct Band {
    let low: Int
    let high: Int
    var style = "band"
  }

  let title: String
  let unit: String
  let height: Double
  var curves: [Curve] = []
  var bands: [Band] = []
  /// Horizontal lines.
  var lines: [(value: Double, style: String, label: String)] = []
  /// Colours the first curve by what bound the decision.
  var colouredByBinding = false
  /// The axis holds no more than this.
  var clippedTo: ClosedRange<Double>?

  func axis(_ trace: Trace) -> Axis? {
    let keys = curves.map(\.column) + bands.flatMap { [$0.low, $0.high] }
    guard var extent = trace.extent(keys) else { return nil }
    for line in lines {
      extent = min(extent.lowerBound, line.value)...max(extent.upperBound, line.value)
    }
    if let clippedTo { extent = extent.clamped(to: clippedTo) }
    return Axis(covering: extent, ticks: 5)
  }
}

extension Panel.Curve {
  init(key: TraceKey, style: String, name: String, decimals: Int) {
    self.init(column: key.rawValue, style: style, name: name, decimals: decimals)
  }
}

extension Panel.Band {
  /// Of a run: estimate - 2 sd and estimate + 2 sd.
  init(_ low: TraceKey, _ high: TraceKey) {
    self.init(low: low.rawValue, high: high.rawValue)
  }
}
