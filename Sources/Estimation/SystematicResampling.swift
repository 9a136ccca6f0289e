/// Systematic resampling and what calls for it.
package enum SystematicResampling {
  /// Picks as many particles as `range` has places: one at every equal share of the summed weights, from
  /// `offset` of a share on. A particle of weight w is picked floor(count w) or ceil(count w) times, count w
  /// on average over a uniform offset.
  /// - Parameters:
  ///   - weights: by particle; those that `order` names sum to 1.
  ///   - order: particles in the order of summation, at the places of `range`.
  ///   - offset: 0 to 1.
  ///   - picks: out, in that order, at the places of `range`.
  package static func pick(
    _ weights: UnsafePointer<Double>, order: UnsafePointer<Int>, _ range: Range<Int>,
    offset: Double, into picks: UnsafeMutablePointer<Int>
  ) {
    var place = range.lowerBound
    var sum = weights[order[place]]
    for index in 0..<range.count {
      let level = (Double(index) + offset) / Double(range.count)
      while sum <= level, place < range.upperBound - 1 {
        place += 1
        sum += weights[order[place]]
      }
      // Rounding of the sum must not pick what has no weight.
      while place > range.lowerBound, weights[order[place]] == 0 { place -= 1 }
      picks[range.lowerBound + index] = order[place]
    }
  }

  /// (sum w)2 / sum w2: `count` for equal weights, 1 for one that has all (Kong, Liu, Wong 1994).
  package static func effectiveSize(_ weights: UnsafeBufferPointer<Double>) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for weight in weights {
      sum += weight
      squares += weight * weight
    }
    return squares > 0 ? sum * sum / squares : 0
  }
}
