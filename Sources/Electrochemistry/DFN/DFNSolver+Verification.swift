import Kernels

// A state of one's choosing in, and what the equations make of it out: manufactured solutions and
// balances need both. Nothing here is called by a run.

extension DFNSolver {
  /// One number for each cell of negative electrode, separator and positive electrode; both
  /// electrodes from their collector to the separator.
  package struct Profile: Sendable {
    package var negative: [Double]
    package var separator: [Double]
    package var positive: [Double]

    package init(negative: [Double], separator: [Double], positive: [Double]) {
      self.negative = negative
      self.separator = separator
      self.positive = positive
    }

    /// The three parts in one row.
    package var all: [Double] { negative + separator + positive }
  }

  /// Volumes over 4 pi and mean squared radii of the shells of a particle of radius 1.
  package var shells: (volumes: [Double], squares: [Double]) {
    let volumes = system.negative.particle.volumes
    var (inner, squares) = (0.0, [Double]())
    for volume in volumes {
      let outer = Double.exponential(Double.logarithm(inner * inner * inner + 3 * volume) / 3)
      func fifth(_ r: Double) -> Double { r * r * r * r * r }
      squares.append((fifth(outer) - fifth(inner)) / 5 / volume)
      inner = outer
    }
    return (volumes, squares)
  }

  /// c / c0.
  package var saltLevels: Profile {
    get { profile(y) }
    set {
      let layout = system.layout
      for (values, first) in [
        (newValue.negative, layout.negativeSalt), (newValue.separator, layout.separatorSalt),
        (newValue.positive, layout.positiveSalt),
      ] {
        for (i, value) in values.enumerated() { y.numbers[8 * first + i] = value }
      }
      rateIsKnown = false
    }
  }

  /// Sets the stoichiometry of each shell, by cell and shell.
  package func setShells(
    negative: @escaping (Int, Int) -> Double, positive: @escaping (Int, Int) -> Double
  ) {
    let layout = system.layout
    for (electrode, first, value) in [
      (system.negative, layout.negativeShells, negative),
      (system.positive, layout.positiveShells, positive),
    ] {
      for k in 0..<electrode.shells {
        for i in 0..<electrode.count {
          y.numbers[8 * (first + k * electrode.blocks) + i] = value(i, k)
        }
      }
    }
    rateIsKnown = false
  }

  /// Ionic current densities at the right faces of each electrode's cells but the last, A/m2,
  /// positive from collector to separator.
  package var faceCurrents: (negative: [Double], positive: [Double]) {
    let first = 8 * system.layout.blocks
    return (
      (0..<(system.negative.count - 1)).map { ionic.numbers[$0] },
      (0..<(system.positive.count - 1)).map { ionic.numbers[first + $0] }
    )
  }

  /// d(c / c0)/dt, 1/s, of the present salt when the reaction is spread evenly, and d/dt of the
  /// negative electrode's shells in its first cell, 1/s.
  package func ratesUnderUniformReaction(current: Double) -> (salt: Profile, shells: [Double]) {
    let even = LaneArray(ionic.count)
    system.spread(current, over: even.lanes)
    system.evaluate(y.lanes, ionic: even.lanes, current: current)
    system.writeRates(into: predicted.lanes)
    let layout = system.layout
    return (
      profile(predicted),
      (0..<system.negative.shells).map {
        predicted.numbers[8 * (layout.negativeShells + $0 * layout.blocks)]
      }
    )
  }

  private func profile(_ y: LaneArray) -> Profile {
    func numbers(_ first: Int, _ count: Int) -> [Double] {
      (0..<count).map { y.numbers[8 * first + $0] }
    }
    let layout = system.layout
    return Profile(
      negative: numbers(layout.negativeSalt, system.negative.count),
      separator: numbers(layout.separatorSalt, system.separator.count),
      positive: numbers(layout.positiveSalt, system.positive.count))
  }

  /// One step of h, s, whatever its error.
  package func advanceFixed(_ h: Double) throws(ModelError) {
    if rateIsLast { rates.swapAt(0, method.count - 1) }
    rateIsLast = false
    guard case .error = attempt(h) else {
      throw ModelError(
        quantity: "fixed step", value: h, unit: "s", bound: "a step that Newton solves")
    }
    accept(h)
    evaluateEnd()
    rateIsLast = true
  }
}
