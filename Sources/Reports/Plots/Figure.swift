import Foundation

/// Strips over one time axis, as one inline SVG, with the data that a read-out under the pointer
/// needs.
struct Figure {
  static let width = 960.0
  static let left = 58.0
  static let right = 10.0
  private static let titleHeight = 26.0
  private static let gap = 14.0
  private static let footHeight = 34.0

  let id: String
  let trace: Trace
  let panels: [Panel]
  /// Vertical lines with a name: where phases begin.
  var marks: [(time: Double, name: String)] = []
  /// Of the time axis.
  var timeTitle = "time from the start of the run"

  private var plotWidth: Double { Self.width - Self.left - Self.right }

  private func x(_ time: Double, _ axis: TimeAxis) -> Double {
    Self.left + axis.fraction(time) * plotWidth
  }

  /// The SVG, and a JSON script beside it.
  func html() -> String {
    let time = TimeAxis(trace.range)
    var body = ""
    var top = 4.0
    var readouts: [FigureReadout.Panel] = []
    for panel in panels {
      guard let axis = panel.axis(trace) else { continue }
      let y = top + Self.titleHeight
      body += title(panel, y: top + 15)
      body += grid(panel, axis, time, y: y)
      body += content(panel, axis, time, y: y)
      readouts.append(FigureReadout.Panel(panel, y: top + 15))
      top = y + panel.height + Self.gap
    }
    let bottom = top - Self.gap
    body += markLines(time, to: bottom)
    body += timeLabels(time, y: bottom)
    body += "<line class=\"cursor\" x1=\"0\" x2=\"0\" y1=\"4\" y2=\"\(Format.svg(bottom))\"/>"
    let height = bottom + Self.footHeight
    let svg = """
      <svg class="figure" id="\(id)" viewBox="0 0 \(Int(Self.width)) \(Int(height))" role="img" \
      aria-label="\(Format.escaped(panels.map(\.title).joined(separator: ", ")))">\(body)</svg>
      """
    let readout = FigureReadout(trace, panels: readouts, left: Self.left, width: plotWidth)
    return svg + "\n<script type=\"application/json\" id=\"\(id)-data\">\(readout.json)</script>\n"
  }

  private func title(_ panel: Panel, y: Double) -> String {
    var keys = ""
    for curve in panel.curves where !curve.name.isEmpty {
      keys += SVG.key(curve.style == "edge" ? Self.dashes : Self.dash, curve.style, curve.name)
    }
    for line in panel.lines where !line.label.isEmpty {
      keys += SVG.key(Self.dashes, line.style, line.label)
    }
    if panel.colouredByBinding {
      for binding in BindingName.order where trace.bindings.contains(binding) {
        keys += SVG.key(Self.dash, "b-\(binding)", BindingName.shown(binding))
      }
    }
    return """
      <text class="title" x="\(Format.svg(Self.left))" y="\(Format.svg(y))">\
      \(Format.escaped(panel.title)) <tspan class="unit">\(panel.unit)</tspan>\(keys)</text>
      """
  }

  private static let dash = "\u{25ac}"
  private static let dashes = "\u{254c}\u{254c}"

  private func across(_ style: String, y: Double) -> String {
    SVG.line(style, from: (Self.left, y), to: (Self.width - Self.right, y))
  }

  private func grid(_ panel: Panel, _ axis: Axis, _ time: TimeAxis, y: Double) -> String {
    var text = ""
    for tick in axis.ticks {
      let at = y + (1 - axis.fraction(tick)) * panel.height
      text += across("grid", y: at)
      text += SVG.label(axis.label(tick), x: Self.left - 7, y: at + 3.5, anchor: "end")
    }
    for tick in time.ticks {
      let at = x(tick, time)
      text += SVG.line("grid", from: (at, y), to: (at, y + panel.height))
    }
    return text
  }

  private func content(_ panel: Panel, _ axis: Axis, _ time: TimeAxis, y: Double) -> String {
    let place = PanelPlace(
      left: Self.left, width: plotWidth, top: y, height: panel.height, time: time, value: axis)
    var text = ""
    for band in panel.bands {
      text += CurvePath.band(trace[band.low], trace[band.high], place, band.style)
    }
    for line in panel.lines where axis.range.contains(line.value) {
      text += across(line.style, y: place.y(line.value))
    }
    for (index, curve) in panel.curves.enumerated() {
      text +=
        index == 0 && panel.colouredByBinding
        ? CurvePath.coloured(trace[curve.column], trace.bindings, place)
        : CurvePath.line(trace[curve.column], place, curve.style)
    }
    return text
  }

  private func markLines(_ time: TimeAxis, to bottom: Double) -> String {
    let top = 4 + Self.titleHeight
    return marks.map { mark in
      let at = x(mark.time, time)
      let line = SVG.line("mark", from: (at, top), to: (at, bottom))
      return (mark.time > trace.range.lowerBound ? line : "")
        + SVG.label(mark.name, x: at + 4, y: top + 12, anchor: "start")
    }.joined()
  }

  private func timeLabels(_ time: TimeAxis, y: Double) -> String {
    let ticks = time.ticks.map {
      SVG.label(time.label($0), x: x($0, time), y: y + 15, anchor: "middle")
    }
    return ticks.joined()
      + SVG.label(
        "\(timeTitle) / \(time.unit.name)", x: Self.width - Self.right,
        y: y + 29, anchor: "end")
  }
}
