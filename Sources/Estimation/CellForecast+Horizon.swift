import Electrochemistry
import Kernels

extension CellForecast {
  /// What a horizon's currents do: values by the filter's own model, slopes by dual numbers of an SPMe.
  public struct Horizon: Sendable {
    /// At the start and at the end of each interval.
    public var instants: [(start: Instant, end: Instant)]
    /// Per A, row-major (interval, current); at the start of each interval, then at its end.
    public var voltageSlopes: [(start: [Double], end: [Double])]
    /// V/A.
    public var potentialSlopes: [(start: [Double], end: [Double])]
    /// K/A at the end of each interval.
    public var temperatureSlopes: [[Double]]
    /// 1/A at the end of each interval.
    public var chargeSlopes: [[Double]]
  }

  /// Plays currents that are constant on intervals, eight at most; nil where a model's range is left.
  /// The state stays.
  public func horizon(
    _ currents: [Double], _ durations: [Double], slopes: HorizonSlopes
  ) -> Horizon? {
    var copy = self
    var instants: [(start: Instant, end: Instant)] = []
    for (current, duration) in zip(currents, durations) {
      guard let start = copy.now(current), copy.move(duration, current), let end = copy.now(current)
      else { return nil }
      instants.append((start, end))
    }
    guard let intervals = slopes.intervals(currents, durations) else { return nil }
    let n = currents.count
    func row(_ dual: Dual8) -> [Double] { (0..<n).map { dual.partials[$0] } }
    // The series resistance is no part of the model's own outputs.
    func volts(_ dual: Dual8, _ lane: Int) -> [Double] {
      var row = row(dual)
      row[lane] += resistance
      return row
    }
    return Horizon(
      instants: instants,
      voltageSlopes: intervals.enumerated().map {
        (volts($1.start.voltage, $0), volts($1.end.voltage, $0))
      },
      potentialSlopes: intervals.map {
        (row($0.start.negativePotentialAtSeparator), row($0.end.negativePotentialAtSeparator))
      },
      temperatureSlopes: intervals.map { row($0.end.temperature) },
      chargeSlopes: intervals.map { row($0.end.stateOfCharge) })
  }
}

/// An SPMe at the filter's mean that gives a horizon's slopes; made once a decision.
public struct HorizonSlopes {
  private let model: SPMe
  private let workspace: SPMeWorkspace
  private let state: [Double]
  private let ambient: Double

  /// Parts of a step that are accurate enough for slopes, s.
  private static let longestSubstep = 20.0

  init?(_ filter: CellFilter, ambient: Double) {
    let mean = filter.filter.mean
    guard let outlook = filter.world.outlook(mean).model as? SPMeForecast else { return nil }
    model = SPMe(
      outlook.model.parameters, mesh: .coarse, thermal: .lumped,
      longestSubstep: Self.longestSubstep)
    workspace = model.makeWorkspace()
    let (negative, positive) = filter.world.meanStoichiometries(mean)
    state = model.rest(
      negativeStoichiometry: negative, positiveStoichiometry: positive,
      temperature: mean[filter.world.layout.temperature])
    self.ambient = ambient - mean[filter.world.layout.ambientOffset]
  }

  func intervals(_ currents: [Double], _ durations: [Double]) -> [HorizonInterval]? {
    try? model.horizon(
      state, currents: currents, durations: durations, ambient: ambient, workspace: workspace)
  }
}

extension CellFilter {
  /// Slopes for a horizon from the present mean; nil where the model has none.
  public func horizonSlopes(ambient: Double) -> HorizonSlopes? {
    HorizonSlopes(self, ambient: ambient)
  }
}
