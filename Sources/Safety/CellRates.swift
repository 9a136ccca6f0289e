import Quantities

/// How fast the cell's readings change.
struct CellRates: Sendable {
  /// Surface temperatures over a minute, each sensor on its own: sensors differ by more than they drift.
  private var surfaces = InlineArray<4, SlopeWindow>(repeating: SlopeWindow(span: 60))
  private var surfaceCount = 0
  /// Square of the current over the same minute.
  private var squares = SlopeWindow(span: 60)
  /// Voltage of a resting cell over half a minute.
  private var restVoltages = SlopeWindow(span: 30)
  private var lastVoltage: Reading<Volts>?
  private var lastCurrent: Reading<Amperes>?
  /// Change from the sample before, V/s and A/s; nil unless both readings are new.
  private(set) var voltage: Double?
  private(set) var current: Double?

  mutating func add(_ sample: Sample, resting: Bool) {
    let time = sample.time.value
    surfaceCount = sample.surfaceCount
    for index in 0..<surfaceCount {
      if let value = sample.surface[index].valid {
        surfaces[index].add(value.value, at: time)
      }
    }
    let present = sample.current.value.value
    squares.add(present * present, at: time)
    if resting {
      restVoltages.add(sample.cellVoltage.value.value, at: time)
    } else {
      restVoltages.reset()
    }
    voltage = Self.change(sample.cellVoltage, lastVoltage)
    current = Self.change(sample.current, lastCurrent)
    lastVoltage = sample.cellVoltage
    lastCurrent = sample.current
  }

  private static func change<Q: Quantity>(_ new: Reading<Q>, _ old: Reading<Q>?) -> Double? {
    guard let old, new.time > old.time else { return nil }
    return (new.value - old.value).value / (new.time - old.time).value
  }

  /// Steepest rise of a surface temperature, K/s; nil until a minute is seen.
  var heating: Double? {
    var steepest: Double?
    for index in 0..<surfaceCount {
      guard let slope = surfaces[index].slope else { continue }
      steepest = max(steepest ?? slope, slope)
    }
    return steepest
  }

  /// Mean square of the current over that minute, A^2.
  var meanSquare: Double { squares.mean }

  /// Slope of the resting cell's voltage, V/s; nil unless it rested for half a minute.
  var restVoltage: Double? { restVoltages.slope }
}
