extension CellFilter {
  /// A copy that shares nothing with this filter: it may go far ahead without spoiling what a DFN's next step
  /// starts its iterations from.
  public func detached() throws(EstimationError) -> CellFilter {
    guard configuration.model == .dfn else { return self }
    var copy = self
    let own = AugmentedDFN(
      cell: cell, configuration: configuration, thermometers: thermometerCount)
    copy.world = own
    copy.filter = try UnscentedKalmanFilter(
      CellEnsemble(own) { _ in own.members }, mean: filter.mean, covariance: filter.covariance)
    return copy
  }
}
