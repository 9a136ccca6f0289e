import Estimation

/// Which filter to take, from a table of cost and accuracy on the same cells.
package enum FilterRanking {
  /// What a filter may cost at a bench's 10 Hz with room for everything else: half the period, s.
  package static let dearest = 0.05

  /// Of the filters that keep up, the one that knows the separator potential best in a fast charge, since that is what
  /// a charge is limited by; within 10 % of it the cheapest.
  package static func choose(_ series: [ShadowSeries]) -> ShadowSeries? {
    let able = series.filter { $0.figure(\.cost).median <= dearest }
    func error(_ s: ShadowSeries) -> Double { s.figure { $0.separatorFast.root }.median }
    guard let best = able.min(by: { error($0) < error($1) }) else { return nil }
    return able.filter { error($0) <= 1.1 * error(best) }
      .min { $0.figure(\.cost).median < $1.figure(\.cost).median }
  }
}
