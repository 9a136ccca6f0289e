import Electrochemistry

extension AugmentedSPMe {
  /// A rested cell whose state of charge is known to an sd.
  ///
  /// Nobody who is unsure of the charge is unsure of each shell on its own: the prior has rank three
  /// in the physical state. One direction moves both electrodes along the line between the cell's
  /// limits, one moves the positive electrode off that line, one is the temperature. The salt of a
  /// rested cell is uniform, and its amount known.
  package func prior(
    stateOfCharge: Double, stateOfChargeSD: Double, temperature: Double
  ) -> (mean: [Double], covariance: [Double]) {
    let n = layout.count
    var mean = Array(repeating: 0.0, count: n)
    let rested = model.rest(stateOfCharge: stateOfCharge, temperature: temperature)
    for index in layout.physical { mean[index] = rested[index] }
    return (mean, priorCovariance(stateOfChargeSD: stateOfChargeSD))
  }

  /// The covariance that belongs to `prior`.
  package func priorCovariance(stateOfChargeSD: Double) -> [Double] {
    let n = layout.count
    var covariance = Array(repeating: 0.0, count: n * n)
    func add(_ direction: [Double], sd: Double) {
      for i in layout.physical where direction[i] != 0 {
        for j in layout.physical { covariance[i * n + j] += sd * sd * direction[i] * direction[j] }
      }
    }
    add(chargeDirection, sd: stateOfChargeSD)
    var balance = Array(repeating: 0.0, count: layout.physical.count)
    for index in model.layout.positiveParticle { balance[index] = 1 }
    add(balance, sd: configuration.balanceSD)

    func set(_ index: Int, sd: Double) { covariance[index * n + index] = sd * sd }
    set(model.layout.temperature, sd: configuration.temperatureSD)
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      set(index, sd: parameter.logSD)
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
  static func chargeDirection(of model: SPMe) -> [Double] {
    let low = model.rest(stateOfCharge: 0, temperature: 298.15)
    let high = model.rest(stateOfCharge: 1, temperature: 298.15)
    return zip(low, high).map { $1 - $0 }
  }
}
