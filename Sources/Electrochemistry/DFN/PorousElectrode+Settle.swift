import Kernels

// Goals, in order: 1. the same iterates as the full Newton system with gh = 0, to rounding; 2. the least
// work: a filter asks a hundred times a second what a cell would show. Where shells, salt and temperature
// stand still and the current is given, the electrodes do not see each other, the salt's properties are
// known, and Ohm's law at the faces is one tridiagonal system, symmetric and diagonally dominant.
// Oracle: the full system (FaceSettlingTests).

extension PorousElectrode {
  /// Newton's iteration for the face currents.
  ///
  /// - Parameters:
  ///   - ionic: current at right faces, A/m2; first guess, and result.
  ///   - voltsPerDensity: what a face current counts, V m2/A.
  ///   - goal: V; the last step is no larger, what is left of Newton's error its square.
  /// - Returns: the last step, V; not a number or above `goal` where it did not converge.
  func settle(
    shells x: UnsafePointer<Lane>, salt c: UnsafePointer<Lane>, ionic: UnsafeMutablePointer<Lane>,
    total: Double, rates: Rates, electrolyte: ElectrolyteState, voltsPerDensity: Double,
    goal: Double
  ) -> Double {
    salt.evaluate(
      c, half: ionicHalf, efficiency: coefficients.transportEfficiency, electrolyte: electrolyte)
    let known = settling.known
    for b in 0..<blocks {
      let right = 8 * b + 1
      let log = salt.logarithm
      ionicFace.lanes[b] = salt.ionicHalf.lanes[b] + salt.ionicHalf.numbers.lane(at: right)
      known.lanes[b] =
        electrolyte.chi * (log.numbers.lane(at: right) - log.lanes[b]) + total * solidFace.lanes[b]
    }
    var size = Double.infinity
    for _ in 0..<60 {
      reactions(ionic, total: total)
      surfaces(x, rates: rates)
      potentials(c, rates: rates)
      size = stepFaces(ionic) * voltsPerDensity
      guard size.isFinite else { return .nan }
      if size < goal { return size }
    }
    return size
  }

  /// One Newton step of all faces but the last, which carries the total.
  ///
  /// - Returns: the largest change, A/m2.
  private func stepFaces(_ ionic: UnsafeMutablePointer<Lane>) -> Double {
    let s = settling
    let (resistance, pivot, side) = (
      s.resistance.numbers, s.inversePivot.numbers, s.side.numbers
    )
    for b in 0..<blocks {
      s.resistance.lanes[b] =
        (differenceByReaction.lanes[b]
          + differenceBySurface.lanes[b] * surfaceByOutflow.lanes[b] * coefficients.surfaceSource)
        * inverseWidth.lanes[b]
    }
    for b in 0..<blocks {
      let right = 8 * b + 1
      let ohmic = solidFace.lanes[b] + ionicFace.lanes[b]
      s.inversePivot.lanes[b] =
        s.resistance.lanes[b] + s.resistance.numbers.lane(at: right) + ohmic
      s.side.lanes[b] =
        difference.numbers.lane(at: right) - difference.lanes[b] + s.known.lanes[b]
        - faces.numbers.lane(at: right) * ohmic
    }
    let last = count - 1
    var (inverse, value) = (1 / pivot[0], side[0])
    pivot[0] = inverse
    for i in 1..<last {
      let share = resistance[i] * inverse
      inverse = 1 / (pivot[i] - share * resistance[i])
      value = side[i] + share * value
      pivot[i] = inverse
      side[i] = value
    }
    let numbers = UnsafeMutableRawPointer(ionic).assumingMemoryBound(to: Double.self)
    var (step, largest, sum) = (0.0, 0.0, 0.0)
    for i in stride(from: last - 1, through: 0, by: -1) {
      step = (side[i] + resistance[i + 1] * step) * pivot[i]
      numbers[i] += step
      largest = max(largest, step.magnitude)
      sum += step
    }
    // A comparison drops what is not a number; a sum keeps it.
    return sum.isFinite ? largest : .nan
  }
}
