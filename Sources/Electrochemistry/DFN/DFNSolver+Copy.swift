import Kernels

extension DFNSolver {
  /// Takes over the state of a solver of the same cell and mesh; what both then do is the same to the last
  /// bit. For a search that starts again and again from one state. Allocates nothing.
  package func take(_ other: DFNSolver) {
    precondition(
      y.count == other.y.count && ionic.count == other.ionic.count, "solvers of one mesh")
    y.lanes.update(from: other.y.lanes, count: y.count)
    ionic.lanes.update(from: other.ionic.lanes, count: ionic.count)
    // Only these two outlive a step.
    for index in [0, method.count - 1] {
      rates[index].lanes.update(from: other.rates[index].lanes, count: y.count)
    }
    (current, time, charge, control) = (other.current, other.time, other.charge, other.control)
    (rateIsKnown, rateIsLast) = (other.rateIsKnown, other.rateIsLast)
    slopeIsKnown = other.slopeIsKnown
    (nextStep, kinkStep) = (other.nextStep, other.kinkStep)
    instantMatrixStep = -1
    statistics = other.statistics
    (system.ambient, system.branch) = (other.system.ambient, other.system.branch)
    // Zero keeps the branch, whatever the control.
    system.chooseBranch(current: 0, control: .current(0))
  }
}
