package import Electrochemistry
package import Estimation

/// One filter on many drawn cells: medians and worst cases.
package struct ShadowSeries: Sendable {
  package let kind: StudyPlant.Kind
  package let filter: FilterKind
  package let model: FilterModel
  package private(set) var scores: [ShadowScore] = []

  package init(
    _ cell: CellParameters, kind: StudyPlant.Kind, filter: FilterKind, model: FilterModel,
    seeds: Range<UInt64>, clock: () -> Double
  ) throws {
    (self.kind, self.filter, self.model) = (kind, filter, model)
    let shadow = ShadowCase(cell, kind: kind, filter: filter, model: model)
    for seed in seeds { scores.append(try shadow.run(seed: seed, clock: clock)) }
  }

  /// Median and largest of one figure.
  package func figure(_ value: (ShadowScore) -> Double) -> (median: Double, worst: Double) {
    let sorted = scores.map(value).sorted()
    return (sorted[sorted.count / 2], sorted[sorted.count - 1])
  }

  /// Cells whose charge came within the bound in 200 s.
  package var settled: Int { scores.count(where: { $0.settled != nil }) }

  /// Share of instants of all charges that were optimistic by more than 5 mV.
  package var optimistic: Double {
    Double(scores.reduce(0) { $0 + $1.optimistic })
      / Double(max(1, scores.reduce(0) { $0 + $1.charged }))
  }

  /// Share of windows whose mean normalised squared innovation lies in chi-square's 95 % band (60 samples
  /// of two channels: 0.763 to 1.268), and their mean.
  package var innovations: (inBand: Double, mean: Double) {
    let all = scores.flatMap(\.innovations)
    let inside = all.count(where: { $0 >= 0.763 && $0 <= 1.268 })
    return (Double(inside) / Double(all.count), all.reduce(0, +) / Double(all.count))
  }

  /// Normalised squared error averaged over the cells at each checkpoint, and the share of checkpoints within
  /// the 95 % band of an average of so many (Wilson and Hilferty's approximation).
  package func consistency(_ quantity: Int) -> (inBand: Double, mean: Double) {
    let n = Double(scores.count)
    let points = scores.map(\.errors.count).min() ?? 0
    let averages = (0..<points).map { point in
      scores.reduce(0) { $0 + $1.errors[point][quantity] } / n
    }
    func edge(_ z: Double) -> Double {
      let term = 1 - 2 / (9 * n) + z * (2 / (9 * n)).squareRoot()
      return term * term * term
    }
    let inside = averages.count(where: { $0 >= edge(-1.959964) && $0 <= edge(1.959964) })
    return (Double(inside) / Double(points), averages.reduce(0, +) / Double(points))
  }
}
