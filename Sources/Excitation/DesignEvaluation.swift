public import Identification

/// What a plan is worth and what it does.
public struct DesignEvaluation: Sendable {
  /// By the criterion; more is better.
  public var value: Double
  /// Posterior covariance of ln of the factors of the believed cell.
  public var covariance: [Double]
  /// Of the believed cell, at `times`.
  public var run: ModelRun
  /// s.
  public var times: [Double]
  /// V, one standard deviation of the predicted voltage at those times.
  public var voltageSDs: [Double]
  /// K, what the limit is kept above the predicted temperature with.
  public var temperatureBands: [Double] = []
  /// V, of the predicted separator potential.
  public var separatorSDs: [Double] = []
  /// By how much the worst prediction with its band passes its limit, as a share of the limit's own scale; at
  /// most 0: none does.
  public var violation: Double
  /// Which limit that is.
  public var tightest: String
  /// V, what the DFN shows less what the SPMe shows at those times; empty where it was not asked.
  public var disagreement: [Double]

  /// Whether every limit holds.
  public var isFeasible: Bool { violation <= 0 }

  /// What the models disagreed on at other times, V, linear between its own; empty where it was not asked.
  func disagreement(at others: [Double]) -> [Double] {
    guard !disagreement.isEmpty else { return [] }
    var k = 0
    return others.map { time in
      while k + 2 < times.count, times[k + 1] < time { k += 1 }
      guard k + 1 < times.count, times[k + 1] > times[k] else { return disagreement[k] }
      let share = min(max((time - times[k]) / (times[k + 1] - times[k]), 0), 1)
      return disagreement[k] + share * (disagreement[k + 1] - disagreement[k])
    }
  }
}
