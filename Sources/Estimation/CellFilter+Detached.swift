import Electrochemistry

extension CellFilter {
  /// A copy that shares nothing with this filter: it may go far ahead without spoiling what a DFN's next step
  /// starts its iterations from.
  public func detached() throws(EstimationError) -> CellFilter {
    guard configuration.model == .dfn,
      let filter = filter as? UnscentedKalmanFilter<CellEnsemble<DFNMembers>>
    else { return self }
    var copy = self
    let own = AugmentedDFN(
      cell: cell, configuration: configuration, thermometers: thermometerCount)
    copy.world = own
    copy.filter = try filter.carried(by: CellEnsemble(own) { _ in own.members })
    return copy
  }
}

extension UnscentedKalmanFilter {
  /// The same belief over another model of the same state, with scratch of its own.
  ///
  /// The factor is copied as it is: worked out anew from the covariance of a state that moves in a few directions
  /// only, it is rounding divided by rounding in all others.
  func carried(by model: Model) throws(EstimationError) -> Self {
    var copy = try Self(
      model, mean: mean, covariance: Array(repeating: 0, count: dimension * dimension))
    copy.factor = factor
    return copy
  }
}
