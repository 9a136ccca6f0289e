import Kernels

extension Dual8 {
  /// A variable whose derivative direction is `seed`, when that is among this chunk's.
  @inline(__always)
  init(_ value: Double, seed: Int, in seeds: Range<Int>) {
    self.init(value)
    if seeds.contains(seed) { partials[seed - seeds.lowerBound] = 1 }
  }
}

extension LinearisedStep {
  /// Sorts one chunk's partials into their columns: states, then current, ambient, parameters.
  mutating func store(_ state: UnsafePointer<Dual8>, seeds: Range<Int>) {
    let (n, p) = (stateCount, parameters.count)
    for i in 0..<n { next[i] = state[i].value }
    for seed in seeds {
      let lane = seed - seeds.lowerBound
      switch seed {
      case ..<n: for i in 0..<n { stateJacobian[i * n + seed] = state[i].partials[lane] }
      case n: for i in 0..<n { currentJacobian[i] = state[i].partials[lane] }
      case n + 1: for i in 0..<n { ambientJacobian[i] = state[i].partials[lane] }
      default:
        for i in 0..<n { parameterJacobian[i * p + seed - n - 2] = state[i].partials[lane] }
      }
    }
  }
}

extension LinearisedOutputs {
  /// Sorts one chunk's partials into their columns: states, then current, parameters.
  mutating func store(_ y: TerminalValues<Dual8>, seeds: Range<Int>) {
    set(.voltage, y.voltage, seeds)
    set(.temperature, y.temperature, seeds)
    set(.negativePotentialAtSeparator, y.negativePotentialAtSeparator, seeds)
    set(.stateOfCharge, y.stateOfCharge, seeds)
    set(.negativeSurfaceStoichiometry, y.negativeSurfaceStoichiometry, seeds)
    set(.positiveSurfaceStoichiometry, y.positiveSurfaceStoichiometry, seeds)
  }

  private mutating func set(_ output: FilteredOutput, _ y: Dual8, _ seeds: Range<Int>) {
    let (n, p, row) = (stateCount, parameters.count, output.rawValue)
    values[row] = y.value
    for seed in seeds {
      let partial = y.partials[seed - seeds.lowerBound]
      switch seed {
      case ..<n: stateJacobian[row * n + seed] = partial
      case n: currentJacobian[row] = partial
      default: parameterJacobian[row * p + seed - n - 1] = partial
      }
    }
  }
}
