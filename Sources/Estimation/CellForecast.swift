import Electrochemistry
import Kernels

/// What a current would do from the filter's mean: the physics alone, no covariance, as a what-if that
/// is asked many times within one decision.
public struct CellForecast {
  /// The cell at one instant, offsets and discrepancy included.
  public struct Instant: Sendable, Hashable {
    /// V.
    public var voltage: Double
    /// K.
    public var temperature: Double
    /// phi_s - phi_e of the negative electrode at the separator, V.
    public var negativePotentialAtSeparator: Double
    /// 0..1.
    public var stateOfCharge: Double
  }

  let model: any ForecastModel
  let temperature: Int
  /// Ambient temperature, K.
  public let ambient: Double
  var state: [Double]
  var trial: [Double]
  let resistance: Double
  let negativeOffset: Double
  let cellOffset: Double
  let heating: Double
  /// Whether the model is asked by nobody else.
  let isDetached: Bool

  init(
    _ filter: CellFilter, ambient: Double, isOutlook: Bool = false, isDetached: Bool = false
  ) {
    self.isDetached = isDetached
    let layout = filter.world.layout
    let mean = filter.filter.mean
    if isOutlook {
      (model, state) = filter.world.outlook(mean)
    } else {
      (model, state) = (filter.world.forecast(mean), Array(mean[layout.physical]))
    }
    // The last of either model's state.
    temperature = state.count - 1
    self.ambient = ambient - mean[layout.ambientOffset]
    trial = state
    resistance = mean[layout.resistance]
    negativeOffset = mean[layout.negativeOffset]
    // The discrepancy is left in: it hardly decays within what a forecast looks at.
    cellOffset =
      mean[layout.positiveOffset] - mean[layout.negativeOffset] + mean[layout.discrepancy]
    heating = filter.world.heating
  }

  /// The present state under `current`, A.
  public func now(_ current: Double) -> Instant? { instant(state, current) }

  /// After `duration`, s, of `current`, A; nil when that leaves the model's range.
  public mutating func after(_ duration: Double, _ current: Double) -> Instant? {
    for index in 0..<state.count { trial[index] = state[index] }
    guard advance(&trial, current, duration) else { return nil }
    return instant(trial, current)
  }

  /// Moves on for good; false when that leaves the model's range (the state stays).
  public mutating func move(_ duration: Double, _ current: Double) -> Bool {
    for index in 0..<state.count { trial[index] = state[index] }
    guard advance(&trial, current, duration, leads: isDetached) else { return false }
    swap(&state, &trial)
    return true
  }

  /// Makes the cell warmer by `kelvin`.
  public mutating func warm(by kelvin: Double) { state[temperature] += kelvin }

  private func advance(
    _ x: inout [Double], _ current: Double, _ duration: Double, leads: Bool = false
  ) -> Bool {
    guard
      model.step(&x, current: current, ambient: ambient, duration: duration, leads: leads)
    else { return false }
    x[temperature] += resistance * heating * current * current * duration
    return true
  }

  private func instant(_ x: [Double], _ current: Double) -> Instant? {
    guard let y = model.outputs(x, current: current, ambient: ambient) else { return nil }
    return Instant(
      voltage: y.voltage + cellOffset + current * resistance, temperature: y.temperature,
      negativePotentialAtSeparator: y.negativePotentialAtSeparator + negativeOffset,
      stateOfCharge: y.stateOfCharge)
  }
}

extension CellFilter {
  /// A what-if from the present mean at an ambient reading, K.
  public func forecast(ambient: Double) -> CellForecast { CellForecast(self, ambient: ambient) }

  /// As `forecast`, of a model of its own that may go far ahead.
  public func detachedForecast(ambient: Double) throws(EstimationError) -> CellForecast {
    CellForecast(try detached(), ambient: ambient, isDetached: true)
  }

  /// As `forecast`, by an SPMe whatever the filter carries: for a look far ahead between two samples.
  public func outlook(ambient: Double) -> CellForecast {
    CellForecast(self, ambient: ambient, isOutlook: true)
  }
}
