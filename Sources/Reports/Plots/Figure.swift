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
    var text =
      "<text class=\"title\" x=\"\(Format.svg(Self.left))\" y=\"\(Format.svg(y))\">"
      + "\(Format.escaped(panel.title)) <tspan class=\"unit\">\(panel.unit)</tspan>"
    for curve in panel.curves where !curve.name.isEmpty {
      let mark = curve.style == "edge" ? "\u{254c}\u{254c}" : "\u{25ac}"
      text += "<tspan class=\"key \(curve.style)\" dx=\"12\">\(mark) </tspan>"
      text += "<tspan class=\"unit\">\(Format.escaped(curve.name))</tspan>"
    }
    if panel.colouredByBinding {
      for binding in BindingName.order where trace.bindings.contains(binding) {
        text += "<tspan class=\"key b-\(binding)\" dx=\"12\">\u{25ac} </tspan>"
        text += "<tspan class=\"unit\">\(BindingName.shown(binding))</tspan>"
      }
    }
    return text + "</text>"
  }

  private func grid(_ panel: Panel, _ axis: Axis, _ time: TimeAxis, y: Double) -> String {
    var text = ""
    for tick in axis.ticks {
      let at = Format.svg(y + (1 - axis.fraction(tick)) * panel.height)
      text +=
        "<line class=\"grid\" x1=\"\(Format.svg(Self.left))\" x2=\"\(Format.svg(Self.width - Self.right))\" y1=\"\(at)\" y2=\"\(at)\"/>"
        + "<text class=\"tick\" text-anchor=\"end\" x=\"\(Format.svg(Self.left - 7))\" y=\"\(at)\" dy=\"3.5\">\(axis.label(tick))</text>"
    }
    for tick in time.ticks {
      let at = Format.svg(x(tick, time))
      text +=
        "<line class=\"grid\" x1=\"\(at)\" x2=\"\(at)\" y1=\"\(Format.svg(y))\" y2=\"\(Format.svg(y + panel.height))\"/>"
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
      let at = Format.svg(place.y(line.value))
      text +=
        "<line class=\"\(line.style)\" x1=\"\(Format.svg(Self.left))\" x2=\"\(Format.svg(Self.width - Self.right))\" y1=\"\(at)\" y2=\"\(at)\"/>"
      if !line.label.isEmpty {
        text +=
          "<text class=\"tick \(line.style)\" text-anchor=\"end\" x=\"\(Format.svg(Self.width - Self.right - 4))\" y=\"\(at)\" dy=\"12\">\(line.label)</text>"
      }
    }
    for (index, curve) in panel.curves.enumerated() {
      text +=
        index == 0 && panel.colouredByBinding
        ? CurvePath.coloured(trace[curve.key], trace.bindings, place)
        : CurvePath.line(trace[curve.key], place, curve.style)
    }
    return text
  }

  private func markLines(_ time: TimeAxis, to bottom: Double) -> String {
    let labelled = Format.svg(4 + Self.titleHeight + 12)
    return marks.map { mark in
      let at = Format.svg(x(mark.time, time))
      let name = Format.escaped(mark.name)
      let line = """
        <line class="mark" x1="\(at)" x2="\(at)" y1="\(Format.svg(4 + Self.titleHeight))" \
        y2="\(Format.svg(bottom))"/>
        """
      let label = """
        <text class="tick" x="\(at)" y="\(labelled)" dx="4">\(name)</text>
        """
      return (mark.time > trace.range.lowerBound ? line : "") + label
    }.joined()
  }

  private func timeLabels(_ time: TimeAxis, y: Double) -> String {
    var text = ""
    for tick in time.ticks {
      text +=
        "<text class=\"tick\" text-anchor=\"middle\" x=\"\(Format.svg(x(tick, time)))\" y=\"\(Format.svg(y + 15))\">\(time.label(tick))</text>"
    }
    return text
      + "<text class=\"tick\" text-anchor=\"end\" x=\"\(Format.svg(Self.width - Self.right))\" y=\"\(Format.svg(y + 29))\">time from the start of the run / \(time.unit.name)</text>"
  }
}
