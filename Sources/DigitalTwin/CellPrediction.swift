public import Electrochemistry
public import Estimation

/// What a cell would do under a constant current, and how sure one may be of it: the belief of a filter that is
/// carried on without readings, so that what it does not know of state, parameters, offsets and its own model
/// widens every band.
public struct CellPrediction {
  /// One instant.
  public struct Row: Sendable, Hashable {
    /// s from the start.
    public var time: Double
    /// The cell then; its voltage without a sensor's noise.
    public var belief: CellBelief
  }

  /// When a limit is met, s from the start; nil: not within the prediction.
  public struct Crossing: Sendable, Hashable {
    /// By the mean.
    public var mean: Double?
    /// By the 95 % band's edge that comes first.
    public var earliest: Double?
    /// By its other edge.
    public var latest: Double?
  }

  /// From the start on, evenly spaced.
  public private(set) var rows: [Row] = []
  /// A, positive charges.
  public let current: Double
  /// Why the rows end early; nil when they do not.
  public private(set) var failure: String?

  /// Standard deviations of the edges of a 95 % band.
  public static let edge = 1.959964

  /// Predicts from a rested cell.
  ///
  /// - Parameters:
  ///   - configuration: state of charge and what is uncertain.
  ///   - current: A, positive charges; from the start on.
  ///   - temperature: of the cell at the start, K.
  ///   - ambient: K.
  ///   - duration: s, above 0.
  ///   - period: between rows, s, above 0; the end is always a row.
  /// - Throws: `EstimationError` when there is no start; what ends the model later is `failure`.
  public init(
    cell: CellParameters, configuration: EstimatorConfiguration, current: Double,
    temperature: Double, ambient: Double, duration: Double, period: Double
  ) throws(EstimationError) {
    self.current = current
    var filter = try CellFilter(
      cell: cell, configuration: configuration, temperature: temperature, thermometers: 0)
    let input = CellInput(current: current, ambient: ambient)
    try filter.predict(input, to: 0)
    rows.append(Row(time: 0, belief: try filter.belief(input)))
    let count = max(1, Int((duration / period - 1e-9).rounded(.up)))
    for index in 1...count {
      let time = min(duration, Double(index) * period)
      do {
        try filter.predict(input, to: time)
        rows.append(Row(time: time, belief: try filter.belief(input)))
      } catch {
        failure = "\(time) s: \(error)"
        return
      }
    }
  }

  /// When a quantity passes a limit, linear between rows.
  ///
  /// - Parameter rising: whether it is passed upwards.
  public func crossing(
    of quantity: (CellBelief) -> Normal, limit: Double, rising: Bool
  ) -> Crossing {
    let sign = rising ? 1.0 : -1
    func first(_ deviations: Double) -> Double? {
      var before: (time: Double, excess: Double)?
      for row in rows {
        let value = quantity(row.belief)
        let excess = sign * (value.mean - limit) + deviations * value.sd
        if excess >= 0 {
          guard let before else { return row.time }
          let share = before.excess / (before.excess - excess)
          return before.time + share * (row.time - before.time)
        }
        before = (row.time, excess)
      }
      return nil
    }
    return Crossing(
      mean: first(0), earliest: first(Self.edge), latest: first(-Self.edge))
  }
}
