/// Strips over one time axis, drawn as those of a run's report.
public struct TimeFigure: PagePart {
  /// Its name in the page, once each.
  public var id: String
  /// From top to bottom.
  public var strips: [TimeStrip]

  /// Under the time axis.
  var timeTitle = "time from the start"

  /// A figure from its parts.
  public init(id: String, _ strips: [TimeStrip]) { (self.id, self.strips) = (id, strips) }

  /// The markup; numbers are read from `numbers`.
  public func html(_ numbers: PageNumbers) -> String { drawn }

  /// The markup.
  var drawn: String {
    var series: [TimeSeries] = []
    let panels = strips.map { panel($0, &series) }
    guard let trace = Trace(series) else { return "<p class=\"lead\">Nothing to draw.</p>\n" }
    var figure = Figure(id: id, trace: trace, panels: panels)
    figure.timeTitle = timeTitle
    return figure.html()
  }

  private func panel(_ strip: TimeStrip, _ series: inout [TimeSeries]) -> Panel {
    var panel = Panel(title: strip.title, unit: strip.unit, height: strip.height)
    for curve in strip.curves {
      panel.curves.append(
        Panel.Curve(
          column: series.count, style: curve.look.style, name: curve.name,
          decimals: curve.decimals))
      series.append(TimeSeries(times: curve.times, values: curve.values))
      guard let widths = curve.halfWidths else { continue }
      panel.bands.append(Panel.Band(low: series.count, high: series.count + 1))
      for sign in [-1.0, 1] {
        let edge = zip(curve.values, widths).map { $0 + sign * $1 }
        series.append(TimeSeries(times: curve.times, values: edge))
      }
    }
    panel.lines = strip.levels.map { ($0.value, $0.isLimit ? "limit" : "zero", $0.name) }
    return panel
  }
}

extension TimeStrip.Look {
  /// Classes of the style sheet.
  fileprivate var style: String {
    switch self {
    case .measured: "measured wide"
    case .model: "twin"
    case .plain: "measured thin"
    }
  }
}
