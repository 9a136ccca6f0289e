public import Quantities

/// What meter and thermometers say of a cell that is to be acknowledged: looked at for a while, with
/// nothing on. Pure.
///
/// Safety promises: S6 (refused while the cause persists), S13 (a hot cell is refused).
public struct CellLook: Sendable, Hashable {
  /// The bands in force.
  public struct Limits: Sendable, Hashable {
    /// Cell voltage.
    public var voltage: LimitBand
    /// Surface temperature at any time.
    public var temperature: LimitBand
    /// Surface temperature while charging.
    public var chargeTemperature: LimitBand
    /// One standard deviation of a thermometer from sample to sample, K.
    public var temperatureNoise: Double

    /// Limits from their parts.
    public init(
      voltage: LimitBand, temperature: LimitBand, chargeTemperature: LimitBand,
      temperatureNoise: Double
    ) {
      self.voltage = voltage
      self.temperature = temperature
      self.chargeTemperature = chargeTemperature
      self.temperatureNoise = temperatureNoise
    }
  }

  /// A cell that warms faster at rest is on its way, K/min (S12).
  public static let rise = 1.0
  /// A cell this much hotter than the air has not cooled, K.
  public static let aboveAmbient = 10.0

  private var times: [Double] = []
  private var voltages: [Double?] = []
  private var surfaces: [[Double?]] = []
  private var ambients: [Double?] = []

  /// Nothing seen yet.
  public init() {}

  /// One look. NaN and nil count as no reading.
  ///
  /// - Parameters:
  ///   - time: s on any monotonic clock.
  ///   - surface: degC, one per thermometer on the cell.
  ///   - ambient: degC.
  public mutating func take(
    at time: Double, voltage: Double?, surface: [Double?], ambient: Double?
  ) {
    func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
    times.append(time)
    voltages.append(finite(voltage))
    surfaces.append(surface.map(finite))
    ambients.append(finite(ambient))
  }

  /// Mean cell voltage, V; nil when more than half of the looks brought none.
  public var voltage: Double? { mean(voltages) }

  /// Mean of each thermometer on the cell, degC.
  public var temperatures: [Double?] {
    (0..<(surfaces.first?.count ?? 0)).map { index in mean(surfaces.map { $0[index] }) }
  }

  /// Fastest rise among the thermometers on the cell, K/min, by least squares; nil without two looks.
  public var fastestRise: Double? {
    let slopes = (0..<(surfaces.first?.count ?? 0)).compactMap { index in
      slope(surfaces.map { $0[index] }).map { $0.slope * 60 }
    }
    return slopes.max()
  }

  /// Why the cell is not to be used again yet, or nil.
  public func refusal(_ limits: Limits) -> String? {
    guard let voltage else { return "cell voltage cannot be read" }
    let band = limits.voltage
    let low = (band.tripLow + band.operateLow) / 2, high = (band.tripHigh + band.operateHigh) / 2
    guard voltage >= low, voltage <= high else {
      return "cell voltage \(rounded(voltage)) V: \(rounded(low)) to \(rounded(high)) V is allowed"
    }
    guard !temperatures.isEmpty, let hottest = temperatures.compactMap(\.self).max(),
      !temperatures.contains(nil)
    else { return "not every thermometer on the cell can be read" }
    let warm = min(limits.temperature.operateHigh, limits.chargeTemperature.operateHigh)
    guard hottest <= warm else {
      return "the cell is hot: \(rounded(hottest)) degC, at most \(warm) degC is allowed"
    }
    let coldest = temperatures.compactMap(\.self).min() ?? hottest
    guard coldest >= limits.temperature.operateLow else {
      return
        "the cell is at \(rounded(coldest)) degC: \(limits.temperature.operateLow) degC or more "
        + "is allowed"
    }
    if let ambient = mean(ambients), hottest - ambient > Self.aboveAmbient {
      return
        "the cell is hot: \(rounded(hottest)) degC in air of \(rounded(ambient)) degC, at most "
        + "\(Self.aboveAmbient) K above is allowed: wait until it has cooled"
    }
    return rising(limits)
  }

  private func rising(_ limits: Limits) -> String? {
    guard let fastestRise else { return "looked at too briefly" }
    let spread = (0..<(surfaces.first?.count ?? 0)).compactMap { index in
      slope(surfaces.map { $0[index] })?.spread
    }.max()
    // Three standard deviations of a slope through noise of this size.
    let doubt = spread.map { 3 * 60 * limits.temperatureNoise / $0 } ?? 0
    guard fastestRise > Self.rise + doubt else { return nil }
    return "the cell warms by \(rounded(fastestRise)) K/min with nothing on: at most "
      + "\(rounded(Self.rise + doubt)) is allowed"
  }

  private func mean(_ values: [Double?]) -> Double? {
    let seen = values.compactMap(\.self)
    guard !seen.isEmpty, seen.count * 2 >= values.count else { return nil }
    return seen.reduce(0, +) / Double(seen.count)
  }

  /// Slope per second, and the root of the times' sum of squares about their mean.
  private func slope(_ values: [Double?]) -> (slope: Double, spread: Double)? {
    let points = zip(times, values).compactMap { time, value in value.map { (time, $0) } }
    guard points.count >= 2 else { return nil }
    let count = Double(points.count)
    let time = points.reduce(0) { $0 + $1.0 } / count
    let value = points.reduce(0) { $0 + $1.1 } / count
    let squares = points.reduce(0) { $0 + ($1.0 - time) * ($1.0 - time) }
    guard squares > 0 else { return nil }
    let product = points.reduce(0) { $0 + ($1.0 - time) * ($1.1 - value) }
    return (product / squares, squares.squareRoot())
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension CellLook: CustomStringConvertible {
  /// As in `3.712 V, 24.9 degC, 0.1 K/min`.
  public var description: String {
    let hottest = temperatures.compactMap(\.self).max()
    func text(_ value: Double?, _ unit: String) -> String {
      value.map { "\(rounded($0)) \(unit)" } ?? "no \(unit)"
    }
    return "\(text(voltage, "V")), \(text(hottest, "degC")), \(text(fastestRise, "K/min"))"
  }
}
