import Kernels

// Goals, in order: 1. a member is the cell alone, whatever member came before it: the same question has the
// same answer to Newton's tolerance; 2. bounded cost a member; 3. no allocation after `init`.

/// One DFN that goes from one state of a cell to the next: members of a filter's ensemble, each with its
/// own state, current and parameter factors.
///
/// What follows at once (ionic currents at the faces) is not part of a member: it is solved for anew, from
/// what the ensemble's first member, its centre, had last. So the members of one call must be near each other.
public final class DFNMembers {
  /// Parameters that can differ.
  public let parameters: [ParameterName]
  /// Numbers of one state, in this order: stoichiometries of the negative particles shell by shell from the
  /// centre out, in each those of the electrode's cells from the collector on; of the positive particles;
  /// salt over its concentration at rest in the cells of negative electrode, separator and positive one;
  /// temperature, K.
  public let stateCount: Int
  let solver: DFNSolver
  private let values: [Double]
  /// Where in the solver's memory each number of a state is.
  private let places: [Int]
  /// What fills the last lanes, and the number that it copies.
  private let fillers: [(place: Int, source: Int)]
  private var factors: [Double]

  /// What the last centre left: face currents, slope, current.
  private struct Guess {
    var current = 0.0
    var slopeIsKnown = false
  }
  private var guess = Guess()
  private let guessIonic: LaneArray
  private let guessSlope: LaneArray
  private let nextIonic: LaneArray
  private let nextSlope: LaneArray

  /// Members of `cell` with lumped heat.
  public init(_ cell: CellParameters, mesh: SPMe.MeshName, parameters: [ParameterName]) {
    self.parameters = parameters
    solver = DFNSolver(cell, mesh: mesh, thermal: .lumped)
    values = ParameterName.allCases.map { cell[keyPath: $0.path] }
    factors = Array(repeating: 0, count: parameters.count)
    let (layout, size) = (solver.system.layout, mesh.dfn)
    var places: [Int] = []
    var fillers: [(place: Int, source: Int)] = []
    func line(_ lane: Int, _ cells: Int, _ blocks: Int) {
      places += (0..<cells).map { 8 * lane + $0 }
      fillers += (cells..<(8 * blocks)).map { (8 * lane + $0, 8 * lane + cells - 1) }
    }
    for first in [layout.negativeShells, layout.positiveShells] {
      for shell in 0..<size.shells {
        line(first + shell * layout.blocks, size.electrode, layout.blocks)
      }
    }
    line(layout.negativeSalt, size.electrode, layout.blocks)
    line(layout.separatorSalt, size.separator, layout.separatorBlocks)
    line(layout.positiveSalt, size.electrode, layout.blocks)
    self.places = places + [8 * layout.temperature]
    self.fillers = fillers
    stateCount = places.count + 1
    guessIonic = LaneArray(solver.ionic.count)
    nextIonic = LaneArray(solver.ionic.count)
    guessSlope = LaneArray(solver.y.count)
    nextSlope = LaneArray(solver.y.count)
  }

  /// Which numbers of a state are stoichiometries of the positive particles.
  public var positiveParticles: Range<Int> {
    let count = (stateCount - 1 - saltCount) / 2
    return count..<(2 * count)
  }
  /// Which are salt.
  public var salt: Range<Int> { (stateCount - 1 - saltCount)..<(stateCount - 1) }
  private var saltCount: Int {
    let mesh = solver.system.mesh
    return 2 * mesh.electrode + mesh.separator
  }

  /// Advances one member; `state` as it was when this throws.
  ///
  /// - Parameters:
  ///   - state: `stateCount` numbers.
  ///   - logFactors: ln of the factor on each of `parameters`.
  ///   - current: A, positive charges.
  ///   - ambient: K.
  ///   - duration: s.
  ///   - isCentre: the members that follow start from what this one had.
  public func step(
    _ state: UnsafeMutablePointer<Double>, logFactors: UnsafePointer<Double>, current: Double,
    ambient: Double, duration: Double, isCentre: Bool
  ) throws(ModelError) {
    if isCentre, nextIsKnown { adoptNext() }
    load(state, logFactors)
    solver.rates[solver.method.count - 1].lanes.update(
      from: guessSlope.lanes, count: guessSlope.count)
    solver.slopeIsKnown = guess.slopeIsKnown
    try solver.step(current: current, ambient: ambient, duration: duration)
    for (index, place) in places.enumerated() { state[index] = solver.y.numbers[place] }
    if isCentre {
      nextIonic.lanes.update(from: solver.ionic.lanes, count: nextIonic.count)
      nextSlope.lanes.update(
        from: solver.rates[solver.method.count - 1].lanes, count: nextSlope.count)
      next = Guess(current: current, slopeIsKnown: true)
      nextIsKnown = true
    }
  }

  private var next = Guess()
  private var nextIsKnown = false

  /// After a step the ensemble's guesses are those of its end.
  private func adoptNext() {
    guess = next
    guessIonic.lanes.update(from: nextIonic.lanes, count: nextIonic.count)
    guessSlope.lanes.update(from: nextSlope.lanes, count: nextSlope.count)
    nextIsKnown = false
  }

  /// What one member would show.
  public func outputs(
    _ state: UnsafePointer<Double>, logFactors: UnsafePointer<Double>, current: Double,
    ambient: Double
  ) throws(ModelError) -> CellOutputs {
    if nextIsKnown { adoptNext() }
    load(state, logFactors)
    return try solver.settledOutputs(current: current, from: guess.current, ambient: ambient)
  }

  private func load(_ state: UnsafePointer<Double>, _ logFactors: UnsafePointer<Double>) {
    let y = solver.y.numbers
    for (index, place) in places.enumerated() { y[place] = state[index] }
    for filler in fillers { y[filler.place] = y[filler.source] }
    solver.ionic.lanes.update(from: guessIonic.lanes, count: guessIonic.count)
    solver.current = guess.current
    var changed = false
    for index in parameters.indices where factors[index] != logFactors[index] {
      factors[index] = logFactors[index]
      changed = true
    }
    guard changed else { return }
    solver.system.set(
      DFNCoefficients(functions: solver.system.functions) { name in
        var value = values[name.ordinal]
        for (index, own) in parameters.enumerated() where own == name {
          value *= Double.exponential(min(max(factors[index], -20), 20))
        }
        return value
      })
  }
}

extension DFNSolver {
  /// What the present state shows under `trial`, A, when its face currents fit `start`, A, at an ambient, K.
  /// Leaves the solver there.
  func settledOutputs(
    current trial: Double, from start: Double, ambient: Double
  ) throws(ModelError) -> CellOutputs {
    try check(.current(trial), ambient: ambient)
    control = .current(trial)
    system.ambient = ambient
    current = trial
    system.chooseBranch(current: trial, control: control)
    ionicBefore.lanes.update(from: ionic.lanes, count: ionic.count)
    try jump(from: start, parts: 1)
    (rateIsKnown, rateIsLast, slopeIsKnown) = (false, false, false)
    return system.outputs(y.lanes, current: trial)
  }
}

extension DFNMembers {
  /// The equilibrium state at given stoichiometries and a temperature, K.
  public func rest(negative: Double, positive: Double, temperature: Double) -> [Double] {
    var x = Array(repeating: negative, count: stateCount)
    for i in positiveParticles { x[i] = positive }
    for i in salt { x[i] = 1 }
    x[stateCount - 1] = temperature
    return x
  }

  /// Stoichiometries of the electrodes at a state of charge (BPX: linear between the limits).
  public func stoichiometries(stateOfCharge: Double) -> (negative: Double, positive: Double) {
    let (n, p) = (solver.system.functions.negative, solver.system.functions.positive)
    return (
      n.minimumStoichiometry + stateOfCharge * (n.maximumStoichiometry - n.minimumStoichiometry),
      p.maximumStoichiometry - stateOfCharge * (p.maximumStoichiometry - p.minimumStoichiometry)
    )
  }

  /// State of charge, and the open-circuit voltage at a state's mean stoichiometries, V.
  public func contents(of state: [Double]) -> (
    stateOfCharge: Double, openCircuitVoltage: Double, negative: Double, positive: Double
  ) {
    let (layout, system) = (solver.system.layout, solver.system)
    for (index, place) in places.enumerated() { solver.y.numbers[place] = state[index] }
    for filler in fillers { solver.y.numbers[filler.place] = solver.y.numbers[filler.source] }
    let y = UnsafePointer(solver.y.lanes)
    let above = state[stateCount - 1] - system.functions.referenceTemperature
    func potential(_ electrode: PorousElectrode, _ x: Double) -> Double {
      electrode.functions.openCircuitPotential.valueAndSlope(at: x).value
        + electrode.functions.openCircuitOffset
        + electrode.functions.entropicChange.valueAndSlope(at: x).value * above
    }
    let negative = system.negative.meanStoichiometry(y + layout.negativeShells)
    let positive = system.positive.meanStoichiometry(y + layout.positiveShells)
    return (
      system.stateOfCharge(y),
      potential(system.positive, positive) - potential(system.negative, negative), negative,
      positive
    )
  }
}
