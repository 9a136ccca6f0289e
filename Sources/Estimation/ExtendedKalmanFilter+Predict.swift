import Kernels

extension ExtendedKalmanFilter {
  /// Moves state and covariance over `duration` under `input`.
  public mutating func predict(_ input: Model.Input, duration: Double) throws(EstimationError) {
    try FilterPrior.check(duration: duration)
    save()
    do {
      try model.transition(
        &mean, input: input, duration: duration, jacobian: &transitionJacobian)
      propagation.propagate(&covariance, through: transitionJacobian, addingDiagonal: noDiagonal)
      model.addProcessNoise(to: &covariance, input: input, duration: duration)
      try check("predict")
    } catch {
      restore()
      throw error
    }
  }
}
