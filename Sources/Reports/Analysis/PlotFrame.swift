/// A small plot inside a picture: linear axes in both directions. What leaves it is cut off.
struct PlotFrame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let xAxis: Axis
  let yAxis: Axis

  func x(_ value: Double) -> Double { xAxis.fraction(value) * width }

  func y(_ value: Double) -> Double { (1 - yAxis.fraction(value)) * height }

  /// A path's data through points in the axes' units.
  func path(_ points: [(x: Double, y: Double)], closed: Bool = false) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(Format.svg(x(point.x))) \(Format.svg(y(point.y)))"
    }.joined() + (closed ? "Z" : "")
  }

  /// Grid, content and rim. Content is placed from the plot's own corner.
  func html(_ content: String) -> String {
    let columns = xAxis.ticks.map {
      SVG.line("grid", from: (x($0), 0), to: (x($0), height))
    }
    let rows = yAxis.ticks.map { SVG.line("grid", from: (0, y($0)), to: (width, y($0))) }
    let place =
      "x=\"\(Format.svg(left))\" y=\"\(Format.svg(top))\" width=\"\(Format.svg(width))\" "
      + "height=\"\(Format.svg(height))\""
    return "<svg \(place)>\(columns.joined())\(rows.joined())\(content)</svg>"
      + "<rect class=\"frame\" \(place)/>"
  }

  /// Numbers under the plot.
  var xLabels: String {
    xAxis.ticks.map {
      SVG.label(xAxis.label($0), x: left + x($0), y: top + height + 14, anchor: "middle")
    }.joined()
  }

  /// Numbers left of the plot.
  var yLabels: String {
    yAxis.ticks.map {
      SVG.label(yAxis.label($0), x: left - 6, y: top + y($0) + 3.5, anchor: "end")
    }.joined()
  }
}
