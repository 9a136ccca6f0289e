import Foundation

/// Horizontal bars on one logarithmic axis, in groups.
public struct LogBars: PagePart {
  /// Bars of one quantity.
  public struct Group: Sendable {
    /// Above the bars.
    public var name: String
    /// One for each row name; what is not above 0 gets no bar.
    public var values: [Double]

    /// A group from its parts.
    public init(_ name: String, _ values: [Double]) { (self.name, self.values) = (name, values) }
  }

  /// Of a group's bars; the first is set off from the others.
  public var rows: [String]
  /// In order.
  public var groups: [Group]
  /// Under the axis, with its unit.
  public var axis: String

  private static let left = 150.0
  private static let right = 70.0
  private static let barHeight = 13.0
  private static let headHeight = 24.0

  /// Bars from their parts.
  public init(rows: [String], _ groups: [Group], axis: String) {
    (self.rows, self.groups, self.axis) = (rows, groups, axis)
  }

  /// The markup; numbers are read from `numbers`.
  public func html(_ numbers: PageNumbers) -> String {
    let values = groups.flatMap(\.values).filter { $0 > 0 && $0.isFinite }
    guard let least = values.min(), let most = values.max() else { return "" }
    let scale = LogScale(least: least, most: most)
    let groupHeight = Self.headHeight + Double(rows.count) * Self.barHeight
    let foot = 6 + Double(groups.count) * groupHeight + 4
    let plot = Figure.width - Self.left - Self.right
    let x = { (value: Double) in Self.left + scale.fraction(value) * plot }
    var body = ""
    for tick in scale.ticks {
      body += SVG.line("grid", from: (x(tick), 6), to: (x(tick), foot))
      body += SVG.label(
        String(format: "%g", tick), x: x(tick), y: foot + 15, anchor: "middle")
    }
    for (index, group) in groups.enumerated() {
      let top = 6 + Double(index) * groupHeight
      body += """
        <text class="name" x="\(Format.svg(Self.left))" y="\(Format.svg(top + 17))">\
        \(Format.escaped(group.name))</text>
        """
      for (row, value) in group.values.enumerated() {
        body += bar(row, value, y: top + Self.headHeight + Double(row) * Self.barHeight, x)
      }
    }
    body += SVG.label(axis, x: Figure.width - Self.right, y: foot + 30, anchor: "end")
    return """
      <svg class="figure" viewBox="0 0 \(Int(Figure.width)) \(Int(foot) + 40)" role="img" \
      aria-label="\(Format.escaped(axis))">\(body)</svg>

      """
  }

  private func bar(_ row: Int, _ value: Double, y: Double, _ x: (Double) -> Double) -> String {
    let name = rows.indices.contains(row) ? rows[row] : ""
    let middle = y + Self.barHeight / 2 + 3.5
    let label = SVG.label(name, x: Self.left - 8, y: middle, anchor: "end")
    let shown = Format.significant(value, 3)
    guard value > 0, value.isFinite else {
      return label + SVG.label("\u{2013}", x: Self.left + 5, y: middle, anchor: "start")
    }
    return label
      + SVG.bar(
        row == 0 ? "bar" : "bar rival", x: Self.left, y: y + 1.5, width: x(value) - Self.left,
        height: Self.barHeight - 3, title: "\(name): \(shown)")
      + SVG.label(shown, x: x(value) + 5, y: middle, anchor: "start")
  }
}
