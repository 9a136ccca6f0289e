import Quantities

/// How fast the cell's readings change.
struct CellRates: Sendable {
  /// Surface temperatures over a minute, each sensor on its own: sensors differ by more than they drift.
  private var surfaces = InlineArray<4, SlopeWindow>(repeating: SlopeWindow(span: 60))
  /// Square of the current over the same minute.
  private var squares = SlopeWindow(span: 60)
  /// Voltage of a resting cell over half a minute.
  private var restVoltages = SlopeWindow(span: 30)
  private var time: Double?
  private var lastVoltage: Reading<Volts>?
  private var lastCurrent: Reading<Amperes>?
  /// Change from the sample before, V/s and A/s; nil unless both readings are new.
  private(set) var voltage: Double?
  private(set) var current: Double?

  mutating func add(_ sample: Sample, resting: Bool) {
    let now = sample.time.value
    time = now
    for index in 0..<sample.surfaceCount {
      if let value = sample.surface[index].valid {
        surfaces[index].add(value.value, at: now)
      }
    }
    let present = sample.current.value.value
    squares.add(present * present, at: now)
    if resting {
      restVoltages.add(sample.cellVoltage.value.value, at: now)
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

  /// Rise of one surface temperature, K/s; nil until a minute is seen, and while the thermometer is silent.
  func surface(_ index: Int) -> SlopeWindow.Slope? {
    time.flatMap { surfaces[index].slope(at: $0) }
  }

  /// Mean square of the current over that minute, A^2.
  var meanSquare: Double { squares.mean }

  /// Slope of the resting cell's voltage, V/s; nil unless it rested for half a minute.
  var restVoltage: SlopeWindow.Slope? { time.flatMap { restVoltages.slope(at: $0) } }
}
