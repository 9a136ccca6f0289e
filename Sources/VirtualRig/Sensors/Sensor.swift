private import Glibc
private import Profiles
private import Quantities

/// One reading of one device: what it looks at and how it errs.
struct Sensor {
  /// Noise changes this often, microseconds of pace time; between two changes a reading repeats.
  static let noiseInterval: Int64 = 10_000

  private let name: String
  private let quantity: @Sendable (Signals) -> Double
  private let errors: SensorErrors
  private let noise: NoiseStream

  /// `name` is `instrument.reading`; it seeds the noise.
  init(
    _ name: String, seed: UInt64, errors: SensorErrors?,
    of quantity: @escaping @Sendable (Signals) -> Double
  ) {
    self.name = name
    self.quantity = quantity
    self.errors = errors ?? SensorErrors()
    noise = NoiseStream(seed: seed, name: "noise " + name)
  }

  /// What the device would say now.
  ///
  /// - Parameter window: how long it averages, microseconds of pace time.
  func read(_ bench: BenchPhysics, averaging window: Int64 = 0) -> Double {
    let lag = Int64((errors.latency * 1e6).rounded())
    let time = bench.now - lag
    let seen =
      window > 0
      ? bench.history.mean(of: quantity, over: window, until: time)
      : quantity(lag > 0 ? bench.history.signals(at: time) : bench.history.latest)
    var value = erring(seen, at: bench.now)
    if bench.faults.isAnyInForce { value = faulty(value, bench) }
    if errors.resolution > 0 { value = (value / errors.resolution).rounded() * errors.resolution }
    return value
  }

  private func erring(_ truth: Double, at now: Int64) -> Double {
    let value = truth * errors.gain + errors.offset
    guard errors.noise > 0 else { return value }
    return value + errors.noise * noise.normal(at: now / Self.noiseInterval)
  }

  private func faulty(_ reading: Double, _ bench: BenchPhysics) -> Double {
    var value = reading
    for fault in bench.faults.inForce where fault.reading == name {
      guard case .sensor(let effect) = fault.effect else { continue }
      let passed = Double(bench.now - fault.begin) / 1e6
      switch effect {
      case .stuck: value = erring(quantity(fault.signals), at: fault.begin)
      case .drift(let rate): value += rate.value * passed / 3600
      case .offset(let offset): value += offset.value
      case .noise(let sd):
        value += sd.value * fault.noise.normal(at: bench.now / Self.noiseInterval)
      case .thermistorOff: value = erring(bench.history.latest.ambient, at: bench.now)
      case .openSense(let rest, let timeConstant):
        let began = erring(quantity(fault.signals), at: fault.begin)
        value = rest.value + (began - rest.value) * exp(-passed / timeConstant.value)
      }
    }
    return value
  }
}
