import Kernels

extension DFNSystem {
  /// Current density, A/m2, of a current, A, positive = charge: the total of the positive electrode
  /// in its own direction (towards the separator), and with a minus of the negative in its own.
  @inline(__always)
  func total(_ current: Double) -> Double { current / coefficients.area }

  /// Everything that the rates, the voltage and a factorisation need, at one point.
  ///
  /// - Parameters:
  ///   - y: what has inertia, by `layout`.
  ///   - ionic: right-face currents of the negative electrode, then of the positive, A/m2.
  ///   - current: A, positive = charge.
  func evaluate(_ y: UnsafePointer<Lane>, ionic: UnsafePointer<Lane>, current: Double) {
    let isotherm = thermal == .isothermal
    setTemperature(isotherm ? ambient : y[layout.temperature][0])
    let density = total(current)
    negative.evaluate(
      shells: y + layout.negativeShells, salt: y + layout.negativeSalt, ionic: ionic,
      total: -density, rates: rates.negative, electrolyte: electrolyte)
    positive.evaluate(
      shells: y + layout.positiveShells, salt: y + layout.positiveSalt,
      ionic: ionic + layout.blocks, total: density, rates: rates.positive,
      electrolyte: electrolyte)
    separator.evaluate(
      y + layout.separatorSalt, negative: negative, positive: positive, current: -density,
      electrolyte: electrolyte)
    let n = negative.potentialDrop(
      total: -density, faceSalt: separator.negativeFace, chi: electrolyte.chi)
    let p = positive.potentialDrop(
      total: density, faceSalt: separator.positiveFace, chi: electrolyte.chi)
    voltage = p - n + separator.potentialRise + current * coefficients.contactResistance
    if !isotherm { evaluateHeat(current: current) }
  }

  /// Heats, from what `evaluate` left.
  func evaluateHeat(current: Double) {
    let density = total(current)
    let n = negative.heat(
      total: -density, faceSalt: separator.negativeFace, chi: electrolyte.chi,
      temperature: temperature)
    let p = positive.heat(
      total: density, faceSalt: separator.positiveFace, chi: electrolyte.chi,
      temperature: temperature)
    let area = coefficients.area
    // The ionic current from negative to positive, -density, falls through -potentialRise.
    heat = DFNHeat(
      ohmic: area * (n.ohmic + p.ohmic + density * separator.potentialRise)
        + current * current * coefficients.contactResistance,
      irreversible: area * (n.irreversible + p.irreversible),
      reversible: area * (n.reversible + p.reversible))
  }
}

extension PorousElectrode {
  /// phi_s at the collector less phi_e at the separator's face, V.
  ///
  /// The end half cells carry a current that is linear in x: a quarter of its face value is
  /// their mean.
  func potentialDrop(total: Double, faceSalt: Double, chi: Double) -> Double {
    let last = count - 1
    let solid = 0.5 / coefficients.conductivity
    var drop = (total - 0.25 * faces.numbers[1]) * solid * width.numbers[0]
    var sum = Lane(repeating: 0)
    for b in 0..<blocks {
      sum += (total - faces.numbers.lane(at: 8 * b + 1)) * solidFace.lanes[b]
    }
    drop += sum.sum()
    let ionic = 0.75 * total + 0.25 * faces.numbers[last]
    return drop + difference.numbers[last] + ionic * salt.ionicHalf.numbers[last]
      - chi * (Double.logarithm(faceSalt) - salt.logarithm.numbers[last])
  }

  /// phi_s - phi_e at the separator's face, V.
  func separatorPotential(total: Double, faceSalt: Double, chi: Double) -> Double {
    let last = count - 1
    let ionic = 0.75 * total + 0.25 * faces.numbers[last]
    let solid = 0.25 * (total - faces.numbers[last]) * 0.5 * width.numbers[last]
    return difference.numbers[last] - solid / coefficients.conductivity
      + ionic * salt.ionicHalf.numbers[last]
      - chi * (Double.logarithm(faceSalt) - salt.logarithm.numbers[last])
  }

  /// Heats per area, W/m2: i_s^2/sigma + i_e (-phi_e'), a F j eta, a F j T dU/dT.
  func heat(
    total: Double, faceSalt: Double, chi: Double, temperature: Double
  ) -> (ohmic: Double, irreversible: Double, reversible: Double) {
    let last = count - 1
    var (ohmic, irreversible, reversible) = (
      Lane(repeating: 0), Lane(repeating: 0), Lane(repeating: 0)
    )
    for b in 0..<blocks {
      let current = faces.numbers.lane(at: 8 * b + 1)
      let rise = chi * (salt.logarithm.numbers.lane(at: 8 * b + 1) - salt.logarithm.lanes[b])
      var here =
        (total - current) * (total - current) * solidFace.lanes[b]
        + current * (current * ionicFace.lanes[b] - rise)
      if b == blocks - 1 {
        for k in (last - 8 * b)..<8 { here[k] = 0 }
      }
      ohmic += here
      let power = reaction.lanes[b] * width.lanes[b]
      irreversible += power * overpotential.lanes[b]
      if hasEntropy { reversible += power * entropy.lanes[b] }
    }
    // End half cells: the current is linear in x between a and b, its mean square (a^2 + ab + b^2)/3.
    let (h0, h1) = (0.5 * width.numbers[0], 0.5 * width.numbers[last])
    func meanSquare(_ a: Double, _ b: Double) -> Double { (a * a + a * b + b * b) / 3 }
    let first = 0.5 * faces.numbers[1]
    let solidStart = meanSquare(total, total - first) * h0
    let middle = 0.5 * (total + faces.numbers[last])
    let solidEnd = meanSquare(total - middle, 0) * h1
    let ionicStart = meanSquare(0, first) * salt.ionicHalf.numbers[0]
    let ionicMean = 0.5 * (middle + total)
    let ionicEnd =
      meanSquare(middle, total) * salt.ionicHalf.numbers[last]
      - ionicMean * chi * (Double.logarithm(faceSalt) - salt.logarithm.numbers[last])
    return (
      ohmic.sum() + (solidStart + solidEnd) / coefficients.conductivity + ionicStart + ionicEnd,
      irreversible.sum(), temperature * reversible.sum()
    )
  }
}
