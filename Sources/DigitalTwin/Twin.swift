public import Electrochemistry
public import Estimation
import Prescription
import Quantities
public import Records

/// The digital twin of one asset: follows the cell sample by sample and chooses its current.
///
/// Lives on one thread. A decision at the sample of t(k) is for the current from t(k) to t(k+1); the
/// sample of t(k+1) must carry the current that then flowed.
public final class Twin {
  /// As it was made.
  public let configuration: TwinConfiguration
  /// The cell as its file has it.
  public let cell: CellParameters
  /// The filter; nil before the first sample.
  public internal(set) var filter: CellFilter?
  /// Innovations of the voltage so far.
  public internal(set) var innovations = InnovationStatistics()
  /// What the last sample did to the filter; nil before the first one.
  public internal(set) var lastAssimilation: Assimilation?

  var lastInput: CellInput?
  /// Last answer of `timeLeft` and when it was worked out, s.
  var timeLeftKnown: (at: Double, limits: ChargeLimits, left: Seconds?)?

  /// Currents of the last horizon, A, and the limits that they were for.
  var horizonPlan: (limits: ChargeLimits, currents: [Double])?
  /// Last cost to go and when it was worked out, s.
  var costKnown: (at: Double, limits: ChargeLimits, cost: ChargeCost, value: CostToGo)?

  /// A twin that has seen nothing.
  public init(cell: CellParameters, configuration: TwinConfiguration) {
    self.cell = cell
    self.configuration = configuration
  }

  /// How often the filter lost the cell and was restarted with a wide prior.
  public var restarts: Int { filter?.restarts ?? 0 }

  /// What is expected after `duration`, s, of a constant `current`, A (positive charges), with bands
  /// from the filter's covariance. The belief stays.
  public func predict(current: Double, duration: Double) throws -> Estimate {
    guard var copy = filter, let last = lastInput, let time = copy.time else {
      throw TwinError("twin: nothing to predict from before the first sample")
    }
    let input = CellInput(current: current, ambient: last.ambient)
    try copy.predict(input, to: time + duration)
    let belief = try copy.belief(input)
    return Estimate(belief, scan: -1, time: time + duration)
  }
}
