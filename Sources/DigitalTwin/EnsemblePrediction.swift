// Goals, in order: 1. each draw is a whole cell with its own step ends: nothing is linearised; 2. the same
// seed gives the same bands; 3. bands of 95 % from a few hundred draws: every uncertain quantity is drawn
// in strata (Latin hypercube), which takes most of the sampling error out. Oracle: cells drawn and stepped
// independently (Tests/DigitalTwinTests).

public import Electrochemistry
public import Estimation
import Kernels
public import Protocols
import Quantities
import Simulation

/// What a cell would do under a protocol, and how sure one may be of it: an ensemble of cells drawn from
/// the belief, each simulated with its own step ends.
///
/// Each cell has its own state of charge, constants, temperature, shunt, ambient and voltage that the model
/// does not explain. The last is held through the prediction: the filter's belief is that it wanders in
/// `discrepancyTime`, and while it does not, its effects add up. Random walks of the state (side reactions,
/// heat that the model lacks) are left out. After the protocol's end, or a cut-off that comes before a
/// step's own end, the cell rests.
///
/// Source of the sampling: McKay, Beckman, Conover 1979, Technometrics 21:239.
public struct EnsemblePrediction: Sendable {
  /// Draws, unless told otherwise.
  public static let draws = 256
  /// Seed of the draws, unless told otherwise.
  public static let seed: UInt64 = 1

  /// A quantity's median, mean, sd and 95 % band over the draws.
  public struct Band: Sendable, Hashable {
    /// Mean and sd.
    public var normal: Normal
    /// Half of the draws lie below.
    public var median: Double
    /// 2.5 % of the draws lie below.
    public var low: Double
    /// 2.5 % of the draws lie above.
    public var high: Double
  }

  /// A quantity that is predicted.
  public enum Quantity: Int, Sendable, CaseIterable {
    /// A, positive charges.
    case current
    /// V, without a sensor's noise.
    case voltage
    /// K.
    case temperature
    /// On the file's scale.
    case stateOfCharge
    /// phi_s - phi_e of the negative electrode at the separator, V.
    case negativePotentialAtSeparator
    /// 0 to 1.
    case negativeSurfaceStoichiometry
    /// 0 to 1.
    case positiveSurfaceStoichiometry
  }

  /// When the draws meet a limit, s from the start.
  public struct Crossing: Sendable, Hashable {
    /// Share of the draws that do.
    public var probability: Double
    /// Half of all draws have met it by then; nil: fewer do.
    public var median: Double?
    /// 2.5 % have; nil: fewer do.
    public var earliest: Double?
    /// 97.5 % have; nil: fewer do.
    public var latest: Double?
  }

  /// When a step ends in the draws, s from the start.
  public struct StepEnd: Sendable, Hashable {
    /// The step, from 1.
    public var number: Int
    /// As it was written.
    public var text: String
    /// When it ends.
    public var crossing: Crossing
  }

  /// s from the start, evenly spaced.
  public let times: [Double]
  /// Draws that went through; others left the model's range and are in no band.
  public let count: Int
  /// Draws that left the model's range, and why the first of them did.
  public let failures: (count: Int, first: String?)
  /// When each step ends.
  public let steps: [StepEnd]
  /// Draws that met a cut-off of the cell before a step's own end.
  public let cutOffs: Int
  let members: [EnsembleMember]

  /// Predicts from a rested cell.
  ///
  /// - Parameters:
  ///   - configuration: state of charge and what is uncertain.
  ///   - temperature: of the cell at the start, K.
  ///   - ambient: K.
  ///   - duration: s, above 0.
  ///   - period: longest time between rows, s, above 0; the end is always a row.
  /// - Throws: `EstimationError` when more than one draw in twenty leaves the model's range.
  public init(
    cell: CellParameters, configuration: EstimatorConfiguration, protocol steps: [ProtocolStep],
    temperature: Double, ambient: Double, duration: Double, period: Double,
    draws: Int = draws, seed: UInt64 = seed
  ) throws(EstimationError) {
    let rows = max(1, Int((duration / period - 1e-9).rounded(.up)))
    let spacing = duration / Double(rows)
    let times = (0...rows).map { Double($0) * spacing }
    let prior = EnsemblePrior(cell, configuration, temperature: temperature, ambient: ambient)
    var members: [EnsembleMember] = []
    var failed = 0
    var first: String?
    for draw in prior.draws(draws, seed: seed) {
      do {
        members.append(try EnsembleMember(draw, steps, times: times))
      } catch {
        failed += 1
        first = first ?? "\(error)"
      }
    }
    guard failed * 20 <= draws, !members.isEmpty else {
      throw EstimationError(
        .model,
        "\(failed) of \(draws) draws left the model's range, 5 % are allowed; the first: "
          + (first ?? "none"))
    }
    self.times = times
    self.members = members
    count = members.count
    failures = (failed, first)
    cutOffs = members.count { $0.isCutOff }
    self.steps = steps.indices.map { index in
      StepEnd(
        number: index + 1, text: steps[index].text,
        crossing: Self.crossing(members.map { $0.stepEnds[index] }))
    }
  }

  /// A quantity at row `row`, from 0.
  public func band(_ quantity: Quantity, row: Int) -> Band {
    let values = members.map { $0.rows[row][quantity.rawValue] }.sorted()
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
    return Band(
      normal: Normal(mean, sd: square.squareRoot()), median: Self.quantile(0.5, of: values),
      low: Self.quantile(0.025, of: values), high: Self.quantile(0.975, of: values))
  }

  /// When a quantity passes a limit for the first time, linear between rows.
  ///
  /// - Parameter rising: whether it is passed upwards.
  public func crossing(of quantity: Quantity, limit: Double, rising: Bool) -> Crossing {
    let sign = rising ? 1.0 : -1
    return Self.crossing(
      members.map { member in
        var before: Double?
        for (row, time) in zip(member.rows, times) {
          let excess = sign * (row[quantity.rawValue] - limit)
          // A voltage held at its limit is there to the solver's rounding.
          if excess >= -1e-6 {
            guard let before, excess > before else { return time }
            return time - spacing * max(0, excess) / (excess - before)
          }
          before = excess
        }
        return nil
      })
  }

  private var spacing: Double { times[1] - times[0] }

  private static func crossing(_ times: [Double?]) -> Crossing {
    let met = times.compactMap { $0 }.count
    let sorted = times.map { $0 ?? .infinity }.sorted()
    func time(_ share: Double) -> Double? {
      let value = quantile(share, of: sorted)
      return value.isFinite ? value : nil
    }
    return Crossing(
      probability: Double(met) / Double(times.count), median: time(0.5), earliest: time(0.025),
      latest: time(0.975))
  }

  /// The p-quantile of sorted values, at p (n + 1), linear between order statistics: between the k-th and
  /// (n + 1 - k)-th lies one more draw with probability 1 - 2 k / (n + 1), whatever the distribution.
  static func quantile(_ p: Double, of sorted: [Double]) -> Double {
    let place = p * Double(sorted.count + 1) - 1
    let lower = min(max(Int(place.rounded(.down)), 0), sorted.count - 1)
    let upper = min(lower + 1, sorted.count - 1)
    let share = min(max(place - Double(lower), 0), 1)
    if share == 0 || sorted[lower] == sorted[upper] { return sorted[lower] }
    return sorted[lower] + share * (sorted[upper] - sorted[lower])
  }
}
