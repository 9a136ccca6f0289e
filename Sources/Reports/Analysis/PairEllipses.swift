/// 95 % ellipses of each pair of some quantities around their estimates, as a triangle of small plots.
public struct PairEllipses: PagePart {
  /// Names, in the order of the covariance.
  public let names: [String]
  /// Of each, as in `%`.
  public let units: [String]
  /// In the products of those units, row-major.
  public let covariance: [Double]

  /// So many are drawn at most, the first ones.
  public static let most = 6

  private static let right = 190.0
  private static let gap = 12.0

  /// Ellipses from names, units and a covariance in the products of those units, row-major.
  public init(_ names: [String], units: [String], covariance: [Double]) {
    (self.names, self.units, self.covariance) = (names, units, covariance)
  }

  /// The markup; numbers are read from `numbers`.
  public func html(_ numbers: PageNumbers) -> String {
    let shown = Array(names.indices.filter { variance($0) > 0 }.prefix(Self.most))
    guard shown.count > 1 else { return "" }
    let across = Double(shown.count - 1)
    let side = min(220, (Figure.width - Figure.left - Self.right) / across - Self.gap)
    var body = ""
    for (row, i) in shown.enumerated().dropFirst() {
      for (column, j) in shown.prefix(row).enumerated() {
        let frame = PlotFrame(
          left: Figure.left + Double(column) * (side + Self.gap),
          top: 12 + Double(row - 1) * (side + Self.gap), width: side, height: side,
          xAxis: axis(j), yAxis: axis(i))
        body += frame.html(content(frame, j, i))
        if column == 0 { body += frame.yLabels }
        if row == shown.count - 1 { body += frame.xLabels + foot(j, frame) }
        if column == row - 1 {
          body += Self.name(
            names[i], units[i], x: frame.left + side + 10, y: frame.top + side / 2, "start")
        }
      }
    }
    let height = 12 + across * (side + Self.gap) + 74
    return """
      <svg class="figure" viewBox="0 0 \(Int(Figure.width)) \(Int(height))" role="img" \
      aria-label="Ellipses of pairs">\(body)</svg>

      """
  }

  private func variance(_ k: Int) -> Double {
    let own = covariance[k * names.count + k]
    return own.isFinite ? own : 0
  }

  private func axis(_ k: Int) -> Axis {
    let reach = (ConfidenceEllipse.quantile * variance(k)).squareRoot()
    // Room for the words in a corner; five ticks at least leave three labels.
    return Axis(spanning: 1.15 * reach, ticks: 5)
  }

  private func content(_ frame: PlotFrame, _ x: Int, _ y: Int) -> String {
    let ellipse = ConfidenceEllipse(
      xx: variance(x), xy: covariance[x * names.count + y], yy: variance(y))
    guard let ellipse else { return "" }
    let words = "r = \(Format.number(ellipse.correlation, 2))"
    // Where a tilted ellipse leaves most room.
    let corner =
      ellipse.correlation < 0
      ? SVG.label(words, x: frame.width - 5, y: 13, anchor: "end")
      : SVG.label(words, x: 5, y: 13, anchor: "start")
    return """
      <path class="ellipse" d="\(frame.path(ellipse.rim(), closed: true))">\
      <title>\(Format.escaped("\(names[x]), \(names[y])")): \(words)</title></path>\
      <circle class="dot" cx="\(Format.svg(frame.x(0)))" cy="\(Format.svg(frame.y(0)))" r="2"/>
      """ + corner
  }

  private func foot(_ k: Int, _ frame: PlotFrame) -> String {
    Self.name(
      names[k], units[k], x: frame.left + frame.width / 2, y: frame.top + frame.height + 31,
      "middle")
  }

  /// A dotted name on two lines, its unit on another.
  private static func name(
    _ name: String, _ unit: String, x: Double, y: Double, _ anchor: String
  ) -> String {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init) + ["/ \(unit)"]
    return parts.enumerated().map { line, part in
      SVG.label(
        part, x: x, y: y + 14 * Double(line), anchor: anchor)
    }.joined()
  }
}
