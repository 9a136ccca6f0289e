import Electrochemistry
import Kernels

extension AugmentedSPMe {
  mutating func transition(
    _ state: UnsafeMutablePointer<Double>, input: CellInput, duration: Double,
    jacobian: UnsafeMutablePointer<Double>
  ) throws(EstimationError) {
    let n = layout.count
    let physical = layout.physical.count
    let offset = state[layout.currentOffset]
    let ambient = input.ambient - state[layout.ambientOffset]
    let current = input.current - offset
    let start = (input.currentAtStart ?? input.current) - offset
    try linearise(state, from: start, to: current, ambient: ambient, duration: duration)

    for i in layout.physical {
      let row = jacobian + i * n
      for j in layout.physical { row[j] = linearisation.stateByState[i * physical + j] }
      for (place, j) in layout.parameters.enumerated() {
        row[j] = linearisation.stateByParameter[i * layout.parameters.count + place]
      }
      row[layout.currentOffset] = -linearisation.stateByCurrent[i]
    }
    // The extra resistance heats, and the ambient sensor's offset cools, what carries the temperature.
    let temperature = model.layout.temperature
    let row = jacobian + temperature * n
    let mean = 0.5 * (start + current)
    let heat = heating * mean * mean * duration
    state[temperature] += state[layout.resistance] * heat
    row[layout.resistance] = heat
    let factor = coolingParameter.map { Double.exponential(state[$0]) } ?? 1
    row[layout.ambientOffset] = -cooling * factor * duration

    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    for i in layout.physical.upperBound..<n { jacobian[i * n + i] = 1 }
    jacobian[layout.discrepancy * n + layout.discrepancy] = retention
    state[layout.discrepancy] *= retention
  }

  func addProcessNoise(
    to covariance: UnsafeMutablePointer<Double>, input: CellInput, duration: Double
  ) {
    let n = layout.count
    let current = configuration.currentNoise * configuration.currentNoise
    let drift = configuration.stateOfChargeDrift
    let charge = drift * drift * duration / 3600
    for i in layout.physical {
      let (a, b) = (linearisation.stateByCurrent[i] * current, chargeDirection[i] * charge)
      for j in layout.physical {
        covariance[i * n + j] += a * linearisation.stateByCurrent[j] + b * chargeDirection[j]
      }
    }
    func add(_ index: Int, _ variance: Double) { covariance[index * n + index] += variance }
    add(
      model.layout.temperature,
      configuration.temperatureDrift * configuration.temperatureDrift * duration)
    for (index, parameter) in zip(layout.parameters, configuration.parameters) {
      add(index, parameter.driftPerRootHour * parameter.driftPerRootHour * duration / 3600)
    }
    let retention = Double.exponential(-duration / configuration.discrepancyTime)
    let stationary = configuration.discrepancySD * configuration.discrepancySD
    add(layout.discrepancy, stationary * (1 - retention * retention))
  }

}
