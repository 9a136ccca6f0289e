import Kernels

extension DFNSolver {
  /// What the cell would show under a current, A, at an ambient, K; the state stays, and so does
  /// everything that the next step depends on. A circuit around the cell asks this at trial currents.
  ///
  /// A pure function of the state: the same question has the same answer to the last bit, however
  /// often others were asked between. Face currents are solved for, but for the current that flows
  /// already: there those of the last step stand, to its Newton tolerance.
  public func outputs(current trial: Double, ambient: Double) throws(ModelError) -> CellOutputs {
    if trial == current, ambient == system.ambient || system.thermal == .lumped {
      try check(.current(trial), ambient: ambient)
      evaluateEnd()
      return systemRow(time: time, charge: charge).outputs
    }
    let saved = (control, current, system.ambient, system.branch)
    let steps = (nextStep, kinkStep, rateIsKnown, rateIsLast, slopeIsKnown)
    let temperature = y.lanes[system.layout.temperature]
    // Between steps their scratch is free; `apply` uses neither of these two.
    predicted.lanes.update(from: rates[0].lanes, count: y.count)
    stageIonic[1].lanes.update(from: ionic.lanes, count: ionic.count)
    defer {
      (control, current, system.ambient, system.branch) = saved
      system.chooseBranch(current: 0, control: control)
      (nextStep, kinkStep, rateIsKnown, rateIsLast, slopeIsKnown) = steps
      y.lanes[system.layout.temperature] = temperature
      rates[0].lanes.update(from: predicted.lanes, count: y.count)
      ionic.lanes.update(from: stageIonic[1].lanes, count: ionic.count)
    }
    try apply(.current(trial), ambient: ambient)
    return systemRow(time: time, charge: charge).outputs
  }
}
