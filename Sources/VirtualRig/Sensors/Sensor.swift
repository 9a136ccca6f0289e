/// One reading of one device: what it looks at and how it errs.
struct Sensor {
  /// Noise changes this often, microseconds of pace time; between two changes a reading repeats.
  static let noiseInterval: Int64 = 10_000

  private let quantity: @Sendable (Signals) -> Double
  private let errors: SensorErrors
  private let noise: NoiseStream

  /// `name` is `instrument.reading`; it seeds the noise.
  init(
    _ name: String, seed: UInt64, errors: SensorErrors?,
    of quantity: @escaping @Sendable (Signals) -> Double
  ) {
    self.quantity = quantity
    self.errors = errors ?? SensorErrors()
    noise = NoiseStream(seed: seed, name: "noise " + name)
  }

  /// What the device would say now.
  func read(_ history: SignalHistory, at now: Int64) -> Double {
    let lag = Int64((errors.latency * 1e6).rounded())
    let signals = lag > 0 ? history.signals(at: now - lag) : history.latest
    var value = quantity(signals) * errors.gain + errors.offset
    if errors.noise > 0 { value += errors.noise * noise.normal(at: now / Self.noiseInterval) }
    if errors.resolution > 0 { value = (value / errors.resolution).rounded() * errors.resolution }
    return value
  }
}
