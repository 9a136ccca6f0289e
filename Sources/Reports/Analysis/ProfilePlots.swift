/// How the least cost rises when one quantity is held elsewhere: a small plot for each.
public struct ProfilePlots: PagePart {
  /// One quantity's profile.
  public struct Profile: Sendable {
    /// As in reports.
    public var name: String
    /// Under the plot, with its unit.
    public var axis: String
    /// Values tried, rising, the most likely one among them.
    public var values: [Double]
    /// Least cost at each above the minimum's.
    public var rises: [Double]
    /// Ends of the interval.
    public var interval: ClosedRange<Double>
    /// What the covariance alone says: value and rise; may be empty.
    public var expected: [(value: Double, rise: Double)]

    /// A profile from its parts.
    public init(
      name: String, axis: String, values: [Double], rises: [Double], interval: ClosedRange<Double>,
      expected: [(value: Double, rise: Double)] = []
    ) {
      self.name = name
      self.axis = axis
      self.values = values
      self.rises = rises
      self.interval = interval
      self.expected = expected
    }

    /// Through the points tried. Between two of them the root of the rise, negative below the minimum, is
    /// straight, as it is all along where the cost is a parabola.
    public var curve: [(value: Double, rise: Double)] {
      guard let bottom = rises.indices.min(by: { rises[$0] < rises[$1] }) else { return [] }
      let roots = rises.indices.map { (($0 < bottom) ? -1 : 1) * max(rises[$0], 0).squareRoot() }
      var curve: [(value: Double, rise: Double)] = []
      for k in values.indices.dropLast() {
        for step in 0..<12 {
          let share = Double(step) / 12
          let root = roots[k] + share * (roots[k + 1] - roots[k])
          curve.append((values[k] + share * (values[k + 1] - values[k]), root * root))
        }
      }
      if let value = values.last, let rise = rises.last { curve.append((value, rise)) }
      return curve
    }
  }

  /// In order.
  public var profiles: [Profile]
  /// Where the interval ends.
  public var threshold: Double

  private static let columns = 3
  private static let top = 26.0
  private static let size = (width: 260.0, height: 140.0)
  private static let pitch = (x: 316.0, y: 216.0)

  /// Plots with a line at `threshold`, in the cost's own unit.
  public init(_ profiles: [Profile], threshold: Double) {
    (self.profiles, self.threshold) = (profiles, threshold)
  }

  /// The markup; numbers are read from `numbers`.
  public func html(_ numbers: PageNumbers) -> String {
    guard !profiles.isEmpty else { return "" }
    let rows = (profiles.count + Self.columns - 1) / Self.columns
    let body = profiles.enumerated().map { plot($1, at: $0) }.joined()
    return """
      <svg class="figure" viewBox="0 0 \(Int(Figure.width)) \(rows * Int(Self.pitch.y))" role="img" \
      aria-label="Profile likelihoods">\(body)</svg>

      """
  }

  private func plot(_ profile: Profile, at index: Int) -> String {
    let low = min(profile.values.min() ?? 0, profile.interval.lowerBound)
    let high = max(profile.values.max() ?? 1, profile.interval.upperBound)
    // Wide enough for the interval; points far out are cut off.
    let width = profile.interval.upperBound - profile.interval.lowerBound
    let shown =
      max(
        low, profile.interval.lowerBound - 0.5 * width)...min(
        high, profile.interval.upperBound + 0.5 * width)
    let frame = PlotFrame(
      left: 46 + Double(index % Self.columns) * Self.pitch.x,
      top: Self.top + Double(index / Self.columns) * Self.pitch.y, width: Self.size.width,
      height: Self.size.height, xAxis: Axis(covering: shown, ticks: 4),
      yAxis: Axis(covering: 0...(2 * threshold), ticks: 4))
    return frame.html(content(profile, frame)) + frame.xLabels + frame.yLabels
      + """
      <text class="name" x="\(Format.svg(frame.left))" y="\(Format.svg(frame.top - 8))">\
      \(Format.escaped(profile.name))</text>
      """
      + SVG.label(
        profile.axis, x: frame.left + frame.width, y: frame.top + frame.height + 30, anchor: "end")
  }

  private func content(_ profile: Profile, _ frame: PlotFrame) -> String {
    let (from, to) = (frame.x(profile.interval.lowerBound), frame.x(profile.interval.upperBound))
    let dots = zip(profile.values, profile.rises).map { value, rise in
      """
      <circle class="dot" cx="\(Format.svg(frame.x(value)))" cy="\(Format.svg(frame.y(rise)))" r="2.5">\
      <title>\(Format.significant(value, 5)): \(Format.significant(rise, 3))</title></circle>
      """
    }
    let (curve, expected) = (profile.curve, profile.expected)
    return """
      <rect class="interval" x="\(Format.svg(from))" y="0" width="\(Format.svg(to - from))" \
      height="\(Format.svg(frame.height))"/>
      """
        + SVG.line("limit", from: (0, frame.y(threshold)), to: (frame.width, frame.y(threshold)))
        + "<path class=\"expected\" d=\"\(frame.path(expected.map { ($0.value, $0.rise) }))\"/>"
        + "<path class=\"curve twin\" d=\"\(frame.path(curve.map { ($0.value, $0.rise) }))\"/>"
        + dots.joined()
  }
}
