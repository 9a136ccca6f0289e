/// Where a strip lies on the page.
struct PanelPlace {
  let left: Double
  let width: Double
  let top: Double
  let height: Double
  let time: TimeAxis
  let value: Axis

  func x(_ seconds: Double) -> Double { left + time.fraction(seconds) * width }

  /// Values off the axis are drawn on its edge.
  func y(_ quantity: Double) -> Double {
    top + (1 - min(1, max(0, value.fraction(quantity)))) * height
  }
}
