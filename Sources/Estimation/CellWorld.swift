package import Electrochemistry
import Kernels

/// A cell as a filter sees it: a model and everything that a bench makes uncertain about it, as one state
/// (`FilterLayout`). What its two conformers share is the prior.
package protocol CellWorld {
  var configuration: EstimatorConfiguration { get }
  var layout: FilterLayout { get }
  /// As its file has it.
  var cell: CellParameters { get }
  /// K per ampere squared, second and Ohm.
  var heating: Double { get }
  /// What counts as much in one entry of the state as in another: some 1 mV.
  var sizes: [Double] { get }
  /// Stoichiometries at a state of charge.
  func stoichiometries(stateOfCharge: Double) -> (negative: Double, positive: Double)
  /// The model's own state at equilibrium; temperature in K.
  func rest(negative: Double, positive: Double, temperature: Double) -> [Double]
  /// Mean stoichiometries; linear in the model's own state.
  func meanStoichiometries(_ state: [Double]) -> (negative: Double, positive: Double)
  /// Linear in the negative electrode's mean stoichiometry.
  func stateOfCharge(_ state: [Double]) -> Double
  /// At the mean stoichiometries of `state`, V, offsets included; NaN out of the model's range.
  func openCircuitVoltage(_ state: [Double]) -> Double
  /// V at rest at a state of charge, 25 degC; not a number beyond the curves' ends.
  func restedVoltage(stateOfCharge: Double) -> Double
  /// The physics alone, with the log-factors of `state`.
  func forecast(_ state: [Double]) -> any ForecastModel
  /// The same as an SPMe and its state, for what need not be exact and must not take long.
  func outlook(_ state: [Double]) -> (model: any ForecastModel, state: [Double])
}

extension CellWorld {
  /// A rested cell whose state of charge is known to an sd.
  ///
  /// Nobody who is unsure of the charge is unsure of each shell on its own: the prior has rank three
  /// in the physical state. One direction moves both electrodes along the line between the cell's
  /// limits, one moves the positive electrode off that line, one is the temperature. The salt of a
  /// rested cell is uniform, and its amount known.
  package func prior(
    stateOfCharge: Double, stateOfChargeSD: Double, temperature: Double
  ) -> (mean: [Double], covariance: [Double]) {
    var mean = Array(repeating: 0.0, count: layout.count)
    let (negative, positive) = stoichiometries(stateOfCharge: stateOfCharge)
    let rested = rest(negative: negative, positive: positive, temperature: temperature)
    for index in layout.physical { mean[index] = rested[index] }
    var covariance = priorCovariance(
      stateOfChargeSD: stateOfChargeSD, temperature: temperature)
    if let belief = configuration.constants {
      impose(
        belief, negative: negative, temperature: temperature, stateOfChargeSD: stateOfChargeSD,
        mean: &mean, covariance: &covariance)
    }
    return (mean, covariance)
  }

  /// The covariance that belongs to `prior` of a cell that nothing else is known of.
  package func priorCovariance(stateOfChargeSD: Double, temperature: Double) -> [Double] {
    let n = layout.count
    var covariance = Array(repeating: 0.0, count: n * n)
    func add(_ direction: [Double], sd: Double) {
      for i in layout.physical where direction[i] != 0 {
        for j in layout.physical { covariance[i * n + j] += sd * sd * direction[i] * direction[j] }
      }
    }
    add(unitOfCharge, sd: stateOfChargeSD)
    add(balanceDirection, sd: configuration.balanceSD)

    func set(_ index: Int, sd: Double) { covariance[index * n + index] = sd * sd }
    set(layout.temperature, sd: configuration.temperatureSD)
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      let away = configuration.activationSD(of: parameter.name, cell, at: temperature)
      set(index, sd: (parameter.logSD * parameter.logSD + away * away).squareRoot())
    }
    set(layout.resistance, sd: configuration.contactResistanceSD)
    set(layout.negativeOffset, sd: configuration.negativeOffsetSD)
    set(layout.positiveOffset, sd: configuration.positiveOffsetSD)
    set(layout.discrepancy, sd: configuration.discrepancySD)
    set(layout.currentOffset, sd: configuration.currentOffsetSD)
    set(layout.currentScale, sd: configuration.currentScaleSD)
    set(layout.ambientOffset, sd: configuration.ambientOffsetSD)
    for index in layout.thermometers { set(index, sd: configuration.temperatureOffsetSD) }
    return covariance
  }

  /// Change of the rested state per unit of state of charge; it is linear in it.
  var unitOfCharge: [Double] {
    let (low, high) = (stoichiometries(stateOfCharge: 0), stoichiometries(stateOfCharge: 1))
    return zip(
      rest(negative: low.negative, positive: low.positive, temperature: 298.15),
      rest(negative: high.negative, positive: high.positive, temperature: 298.15)
    ).map { $1 - $0 }
  }

  /// Slopes of the state of charge, which is linear in the model's own state; as long as that.
  var chargeSlopes: [Double] {
    let middle = stoichiometries(stateOfCharge: 0.5)
    let rested = rest(negative: middle.negative, positive: middle.positive, temperature: 298.15)
    var state = rested + Array(repeating: 0.0, count: layout.ownCount)
    let (start, rise) = (stateOfCharge(state), 1e-2)
    return rested.indices.map { index in
      guard index != layout.temperature else { return 0 }
      state[index] += rise
      let slope = (stateOfCharge(state) - start) / rise
      state[index] = rested[index]
      // What rounding makes is none.
      return abs(slope) < 1e-9 ? 0 : slope
    }
  }

  /// The cell with the log-factors of `state`.
  func cell(of state: [Double]) -> CellParameters {
    var factors: [ParameterName: Double] = [:]
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      factors[parameter.name] = Double.exponential(state[index])
    }
    return cell.scaled(factors)
  }

  /// Change of the rested state per unit of the positive electrode's stoichiometry.
  var balanceDirection: [Double] {
    zip(
      rest(negative: 0.5, positive: 0.25, temperature: 298.15),
      rest(negative: 0.5, positive: 0.75, temperature: 298.15)
    ).map { 2 * ($1 - $0) }
  }

  /// Sizes with those of the model's own state as given.
  func sizes(salt: Range<Int>, saltSize: Double) -> [Double] {
    var sizes = Array(repeating: 1e-3, count: layout.count)
    for index in salt { sizes[index] = saltSize }
    sizes[layout.temperature] = 1
    for index in layout.parameters { sizes[index] = 0.05 }
    return sizes
  }
}

extension FilterLayout {
  /// The current behind a reading of the shunt, A.
  func flowing(_ reading: Double, _ state: UnsafePointer<Double>) -> Double {
    (reading - state[currentOffset]) / (1 + state[currentScale])
  }
}
