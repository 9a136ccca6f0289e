import Foundation

/// What the pointer reads out of a figure: the last scan of each bucket.
struct FigureReadout: Encodable {
  struct Panel: Encodable {
    struct Value: Encodable {
      let key: Int
      let name: String
      let decimals: Int
    }

    let y: Double
    let unit: String
    let values: [Value]
    let binding: Bool

    init(_ panel: Reports.Panel, y: Double) {
      self.y = y
      unit = panel.unit
      values = panel.curves.map {
        Value(key: $0.column, name: $0.name, decimals: $0.decimals)
      }
      binding = panel.colouredByBinding
    }
  }

  let left: Double
  let width: Double
  let start: Double
  let end: Double
  let panels: [Panel]
  let times: [Double?]
  let values: [[Double?]]
  let bindings: [String?]

  init(_ trace: Trace, panels: [Panel], left: Double, width: Double) {
    self.left = left
    self.width = width
    start = trace.range.lowerBound
    end = trace.range.upperBound
    self.panels = panels
    times = trace.readoutTimes
    // Five digits are more than a pointer can tell; the page stays small.
    values = trace.readouts.map { $0.map { $0.map { Double(String(format: "%.6g", $0)) ?? $0 } } }
    bindings = trace.bindings.map { $0.map(BindingName.shown) }
  }

  var json: String { ScriptJSON.text(self) }
}
