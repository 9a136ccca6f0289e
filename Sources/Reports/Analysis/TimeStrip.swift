/// One strip of a picture over time: curves with one unit.
public struct TimeStrip: Sendable {
  /// How a curve looks.
  public enum Look: Sendable {
    /// Broad and pale, behind what is compared with it.
    case measured
    /// As computed.
    case model
    /// Thin and dark.
    case plain
  }

  /// One curve; equal times are a jump, a value that is no number is a gap.
  public struct Curve: Sendable {
    /// s, not falling.
    public var times: [Double]
    /// In the strip's unit.
    public var values: [Double]
    /// How it looks.
    public var look: Look
    /// In the legend; may be empty.
    public var name: String
    /// Of the band around it, in the strip's unit at each time; nil: no band.
    public var halfWidths: [Double]?
    /// Under the pointer.
    public var decimals: Int

    /// A curve from its parts.
    public init(
      _ times: [Double], _ values: [Double], _ look: Look, name: String = "",
      halfWidths: [Double]? = nil, decimals: Int = 2
    ) {
      self.times = times
      self.values = values
      self.look = look
      self.name = name
      self.halfWidths = halfWidths
      self.decimals = decimals
    }
  }

  /// A horizontal line.
  public struct Level: Sendable {
    /// In the strip's unit.
    public var value: Double
    /// In the legend; may be empty.
    public var name: String
    /// Whether it is something to be kept from, not a zero line.
    public var isLimit: Bool

    /// A line from its parts.
    public init(_ value: Double, name: String = "", isLimit: Bool = false) {
      (self.value, self.name, self.isLimit) = (value, name, isLimit)
    }
  }

  /// What it shows.
  public var title: String
  /// As in `mV`.
  public var unit: String
  /// Of the page's 960 units across.
  public var height: Double
  /// Drawn in this order.
  public var curves: [Curve]
  /// Behind the curves.
  public var levels: [Level]

  /// A strip from its parts.
  public init(
    _ title: String, unit: String, height: Double = 110, _ curves: [Curve], levels: [Level] = []
  ) {
    self.title = title
    self.unit = unit
    self.height = height
    self.curves = curves
    self.levels = levels
  }
}
