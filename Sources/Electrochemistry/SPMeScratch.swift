import Kernels

/// Memory for one evaluation, allocated once.
final class SPMeScratch<S: Scalar> {
  /// The state being advanced.
  let state: UnsafeMutablePointer<S>
  let capacity: UnsafeMutablePointer<S>
  let coupling: UnsafeMutablePointer<S>
  let conductance: UnsafeMutablePointer<S>
  let pivots: UnsafeMutablePointer<S>
  let ratio: UnsafeMutablePointer<S>
  let first: UnsafeMutablePointer<S>
  let second: UnsafeMutablePointer<S>
  let stage: UnsafeMutablePointer<S>
  let diffusivity: UnsafeMutablePointer<S>
  let parameters: UnsafeMutablePointer<S>
  private let base: UnsafeMutablePointer<S>

  init(stateCount: Int) {
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
    diffusivity = base + 9 * stateCount
    parameters = base + 10 * stateCount
  }

  deinit { base.deallocate() }
}
