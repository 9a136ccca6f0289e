import Estimation
public import Prescription
import Quantities

// Goals, in order: 1. the pair that is returned keeps every limit with its band, by the filter's own model;
// 2. the fastest of those, to 1 % of the current; 3. work in slices that fit a control period.

/// Finds the fastest constant current - constant voltage charge that is predicted to keep every limit: the
/// baseline that a closed loop has to beat.
///
/// For each voltage of a grid the largest admissible current, by bisection; a fixed pair is faster with more
/// current, so that is the fastest of its voltage; from the highest voltage down, each must bear more current
/// than the one before.
public struct ConstantVoltageTuning {
  /// The pair and how long it takes, s.
  public struct Pair: Sendable, Hashable {
    /// A.
    public var current: Double
    /// V.
    public var voltage: Double
    /// s.
    public var duration: Double
  }

  /// The fastest pair so far; nil: none keeps the limits.
  public private(set) var best: Pair?
  private let limits: ChargeLimits
  private let bands: ChargeBands
  /// Where every outlook begins, each with a model of its own.
  private let filter: CellFilter
  private let ambient: Double
  private let present: Double
  private var voltages: [Double]
  private var low = 0.0
  private var high: Double
  /// Tried before the bisection begins.
  private var trial: Double?

  /// Of one outlook, s.
  static let step = 60.0
  /// Of a current, in parts of the largest.
  static let resolution = 0.01
  /// Between voltages, V.
  static let grid = 0.05

  init(_ twin: Twin, _ limits: ChargeLimits, _ bands: ChargeBands) throws {
    let look = try twin.look(limits)
    (self.limits, self.bands, present) = (limits, bands, look.current)
    guard let filter = twin.filter else { throw TwinError("twin: no filter") }
    (self.filter, ambient) = (filter, look.ambient)
    let lowest = limits.voltage.value - 0.45
    voltages = stride(from: limits.voltage.value, through: lowest, by: -Self.grid).map { $0 }
    high = limits.current.value
    trial = high
  }

  /// One outlook's worth of work; false when nothing is left to do.
  public mutating func work() -> Bool {
    guard let voltage = voltages.first else { return false }
    let ceiling = limits.current.value
    let current = trial ?? 0.5 * (low + high)
    let isFirst = trial != nil
    trial = nil
    switch outcome(current, voltage) {
    case .kept(let duration):
      low = current
      best = Pair(current: current, voltage: voltage, duration: duration)
    case .broken: high = current
    case .slow: high = low
    }
    // Where no more current than the best pair's is admissible, a lower voltage is slower.
    let isHopeless = isFirst && best != nil && low < current
    if isHopeless || high - low < Self.resolution * ceiling {
      voltages.removeFirst()
      (low, high) = (best?.current ?? 0, ceiling)
      trial = best.map { min(ceiling, $0.current + Self.resolution * ceiling) }
      if low >= ceiling { voltages.removeAll() }
    }
    return !voltages.isEmpty
  }

  private enum Outcome {
    /// In so many seconds, fewer than the best.
    case kept(Double)
    /// Less current might keep the limits.
    case broken
    /// Less current would be slower still.
    case slow
  }

  private func outcome(_ current: Double, _ voltage: Double) -> Outcome {
    guard var copy = try? filter.detachedForecast(ambient: ambient) else { return .broken }
    var broken = false
    let outlook = Twin.play(
      limits.cccv(current: current, voltage: voltage), &copy, bands, from: present,
      step: Self.step
    ) { instant in
      broken = !limits.isKept(by: instant.worst)
      return broken || instant.time > best?.duration ?? .infinity
    }
    if broken { return .broken }
    guard let duration = outlook.duration, duration < best?.duration ?? .infinity else {
      return .slow
    }
    return .kept(duration)
  }
}

extension Twin {
  /// A search for the fastest cccv from here; `work` until it says false.
  ///
  /// - Parameter bands: of a rehearsal without measurements: a fixed charge learns nothing on its way.
  /// - Throws: when nothing was assimilated yet.
  public func tuning(
    _ limits: ChargeLimits, bands: ChargeBands
  ) throws -> ConstantVoltageTuning {
    try ConstantVoltageTuning(self, limits, bands)
  }
}
