/// Which of some records to fit to: those that together tell most of the parameters.
///
/// D-optimal with the priors: greedily, which comes within 1 - 1/e of the best for such a gain (G. L. Nemhauser,
/// L. A. Wolsey, M. L. Fisher, Math. Program. 14 (1978) 265), then by exchanges as long as one helps.
public struct RecordChoice: Sendable, Hashable {
  /// Places of the chosen records, that which tells most on top of those before it first.
  public let chosen: [Int]
  /// By how much each lowers the mean ln of the parameters' independent standard deviations.
  public let gains: [Double]

  /// Chooses `count` of these; all when there are no more.
  ///
  /// - Parameters:
  ///   - priorSDs: of ln of the factors, and of offsets.
  ///   - wanted: how many of the first parameters are to be told; the others are unknown, too. Nil: all.
  public init(
    _ information: [FisherInformation], priorSDs: [Double], count: Int, wanted: Int? = nil
  ) {
    let (n, m) = (priorSDs.count, wanted ?? priorSDs.count)
    func worth(_ places: [Int]) -> Double {
      guard let first = information.first else { return 0 }
      let sum = places.reduce(FisherInformation(first.parameters)) { $0 + information[$1] }
      guard let covariance = sum.covariance(priorSDs: priorSDs) else { return -.infinity }
      let block = (0..<m).flatMap { a in (0..<m).map { covariance[a * n + $0] } }
      return -0.5 * CovarianceSpectrum(block, count: m).logMean
    }
    func best(beside places: [Int]) -> Int? {
      information.indices.filter { !places.contains($0) }.max {
        worth(places + [$0]) < worth(places + [$1])
      }
    }
    var places: [Int] = []
    while places.count < count, let next = best(beside: places) { places.append(next) }
    var exchanged = places.count < information.count
    while exchanged {
      exchanged = false
      for k in places.indices {
        var others = places
        others.remove(at: k)
        if let other = best(beside: others), worth(others + [other]) > worth(places) + 1e-9 {
          places[k] = other
          exchanged = true
        }
      }
    }
    // In the order in which each tells most on top of the others.
    var (order, gains, rest) = ([Int](), [Double](), places)
    var known = worth([])
    while let next = rest.max(by: { worth(order + [$0]) < worth(order + [$1]) }) {
      order.append(next)
      rest.removeAll { $0 == next }
      gains.append(worth(order) - known)
      known = worth(order)
    }
    (chosen, self.gains) = (order, gains)
  }
}
