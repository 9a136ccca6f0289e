package import Kernels

/// Memory for one evaluation, allocated once.
package final class SPMeScratch<S: Scalar> {
  /// The state being advanced.
  package let state: UnsafeMutablePointer<S>
  package let capacity: UnsafeMutablePointer<S>
  package let coupling: UnsafeMutablePointer<S>
  package let conductance: UnsafeMutablePointer<S>
  package let pivots: UnsafeMutablePointer<S>
  package let ratio: UnsafeMutablePointer<S>
  package let first: UnsafeMutablePointer<S>
  package let second: UnsafeMutablePointer<S>
  package let stage: UnsafeMutablePointer<S>
  /// Diffusion potential of each cell.
  package let potential: UnsafeMutablePointer<S>
  package let parameters: UnsafeMutablePointer<S>
  private let base: UnsafeMutablePointer<S>

  package init(stateCount: Int) {
    let total = 10 * stateCount + ParameterName.allCases.count
    base = .allocate(capacity: total)
    base.initialize(repeating: S(0), count: total)
    state = base
    capacity = base + stateCount
    coupling = base + 2 * stateCount
    conductance = base + 3 * stateCount
    pivots = base + 4 * stateCount
    ratio = base + 5 * stateCount
    first = base + 6 * stateCount
    second = base + 7 * stateCount
    stage = base + 8 * stateCount
    potential = base + 9 * stateCount
    parameters = base + 10 * stateCount
  }

  deinit { base.deallocate() }
}
